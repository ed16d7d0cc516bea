using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

/// <summary>Only the subscriber can end a subscription, not the one who is subscribed to.</summary>
internal sealed class DeleteSubscription : RelationshipRoute
{
    protected override ApiReply Handle(Change change)
    {
        if (Game.Subscriptions.Find(SubscriptionId) is not { } subscription || subscription.Subscriber != Caller)
            throw new ApiRefusal(404, "Subscription not found");
        Relationships.Delete(change, subscription);
        return ApiReply.NoContent;
    }
}
