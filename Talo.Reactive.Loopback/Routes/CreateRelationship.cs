using System.Collections.Generic;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class CreateRelationship : Route
{
    private double aliasId;
    private RelationshipType type;

    protected override IReadOnlyList<string> Scopes => ["write:playerRelationships"];

    protected override bool NeedsAlias => true;

    protected override bool HasBody => true;

    protected override void ReadBody(BodyFields body)
    {
        aliasId = body.Int("aliasId");
        type = body.RelationshipType("relationshipType");
    }

    protected override ApiReply Handle(Change change)
    {
        if (Game.FindAlias(aliasId) is not { } subscribedTo)
            throw new ApiRefusal(404, "Player alias for subscription not found");
        if (subscribedTo == Caller)
            throw new ApiRefusal(400, "Cannot subscribe to yourself");
        if (Game.Subscriptions.Find(Caller, subscribedTo) is not null)
            throw new ApiRefusal(400, "Subscription already exists");
        var subscription = Relationships.Ask(change, Caller, subscribedTo, type);
        return ApiReply.Ok(writer => writer.WriteSubscription("subscription", subscription));
    }
}
