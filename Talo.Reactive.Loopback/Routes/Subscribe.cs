using System.Collections.Generic;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class Subscribe : Route
{
    private double aliasId;
    private string type = "";

    protected override IReadOnlyList<string> Scopes => ["write:playerRelationships"];

    protected override bool NeedsAlias => true;

    protected override bool HasBody => true;

    protected override void ReadBody(BodyFields body)
    {
        aliasId = body.Int("aliasId");
        type = body.Choice("relationshipType", RelationshipType.Fault);
    }

    protected override ApiReply Handle(Change change)
    {
        var other = Game.FindAlias(aliasId) ?? throw new ApiRefusal(404, "Player alias for subscription not found");
        if (other == Caller)
            throw new ApiRefusal(400, "Cannot subscribe to yourself");
        if (Game.Subscriptions.Find(Caller, other) is not null)
            throw new ApiRefusal(400, "Subscription already exists");
        var subscription = Relationships.Create(change, Caller, other, type);
        return ApiReply.Ok(writer => writer.WriteSubscription("subscription", subscription));
    }
}
