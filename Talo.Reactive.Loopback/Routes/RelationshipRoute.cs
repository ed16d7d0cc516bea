using System.Collections.Generic;
using Talo.Reactive.Loopback.Http;

namespace Talo.Reactive.Loopback.Routes;

/// <summary>A write under <c>/v1/players/relationships/:id</c>.</summary>
internal abstract class RelationshipRoute : Route
{
    protected double SubscriptionId { get; private set; }

    protected sealed override IReadOnlyList<string> Scopes => ["write:playerRelationships"];

    protected sealed override bool NeedsAlias => true;

    protected sealed override void ReadPath(IReadOnlyDictionary<string, string> path, FieldErrors errors)
    {
        (SubscriptionId, var fault) = NumberField.Parse(path["id"]);
        if (fault is not null)
            errors.Add("id", fault);
    }
}
