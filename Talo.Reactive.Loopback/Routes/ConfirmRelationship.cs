using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class ConfirmRelationship : RelationshipRoute
{
    protected override ApiReply Handle(Change change)
    {
        if (Subscription is not { IsConfirmed: false } subscription || subscription.SubscribedTo != Caller)
            throw new ApiRefusal(404, "Subscription request not found");
        Relationships.Confirm(change, subscription);
        return ApiReply.Ok(writer => writer.WriteSubscription("subscription", subscription));
    }
}
