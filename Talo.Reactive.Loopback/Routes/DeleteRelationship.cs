using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class DeleteRelationship : RelationshipRoute
{
    protected override ApiReply Handle(Change change)
    {
        if (Subscription is not { } subscription || subscription.Subscriber != Caller)
            throw new ApiRefusal(404, "Subscription not found");
        Relationships.End(change, subscription);
        return ApiReply.NoContent;
    }
}
