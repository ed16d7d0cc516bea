using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

/// <summary>The subscriptions at one end of which the caller is.</summary>
internal abstract class RelationshipList : Route
{
    private int page;
    private double? aliasId;
    private bool? isConfirmed;
    private RelationshipType? type;

    protected sealed override IReadOnlyList<string> Scopes => ["read:playerRelationships"];

    protected sealed override bool NeedsAlias => true;

    protected sealed override void ReadQuery(QueryFields query)
    {
        page = query.Page();
        aliasId = query.OptionalInt("aliasId");
        isConfirmed = query.OptionalFlag("confirmed");
        type = query.OptionalRelationshipType("relationshipType");
    }

    protected abstract IEnumerable<Subscription> All { get; }

    protected abstract PlayerAlias OtherEnd(Subscription subscription);

    protected sealed override ApiReply Handle(Change change)
    {
        var shown = All
            .Where(subscription => aliasId is null || OtherEnd(subscription).Id == aliasId)
            .Where(subscription => isConfirmed is null || subscription.IsConfirmed == isConfirmed)
            .Where(subscription => type is null || subscription.Type == type)
            .ToList();
        return Paging.Reply("subscriptions", shown, page, static (writer, subscription) => writer.WriteSubscription(subscription));
    }
}
