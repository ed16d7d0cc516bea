using System.Collections.Generic;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

/// <summary>A route under <c>/v1/players/relationships/:id</c>.</summary>
internal abstract class RelationshipRoute : Route
{
    private double subscriptionId;

    protected sealed override IReadOnlyList<string> Scopes => ["write:playerRelationships"];

    protected sealed override bool NeedsAlias => true;

    protected Subscription? Subscription => Game.Subscriptions.Find(subscriptionId);

    protected sealed override void ReadPath(IReadOnlyDictionary<string, string> path, FieldErrors errors)
    {
        (subscriptionId, var fault) = NumberField.Parse(path["id"]);
        if (fault is not null)
            errors.Add("id", fault);
    }
}
