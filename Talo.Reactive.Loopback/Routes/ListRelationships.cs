using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

/// <summary>The subscriptions of the caller, seen from one of their ends; both lists go by the same name.</summary>
internal abstract class ListRelationships : Route
{
    private int page;
    private SubscriptionFilter filter;

    protected sealed override IReadOnlyList<string> Scopes => ["read:playerRelationships"];

    protected sealed override bool NeedsAlias => true;

    protected sealed override void ReadQuery(QueryFields query)
    {
        filter = new(
            query.OptionalChoice("confirmed", ConfirmedFault),
            query.OptionalInt("aliasId"),
            query.OptionalChoice("relationshipType", RelationshipType.Fault));
        page = query.Page();
    }

    protected sealed override ApiReply Handle(Change change)
    {
        var found = All().Where(subscription => filter.Admits(subscription, Other(subscription))).ToList();
        return Paging.Reply("subscriptions", found, page, static (writer, one) => writer.WriteSubscription(one));
    }

    protected abstract IEnumerable<Subscription> All();

    /// <summary>The one at the end that is not the caller's.</summary>
    protected abstract PlayerAlias Other(Subscription subscription);

    private static string? ConfirmedFault(string? text) =>
        text is "true" or "false" ? null : "Invalid option: expected one of \"true\"|\"false\"";
}

internal sealed class ListSubscribers : ListRelationships
{
    protected override IEnumerable<Subscription> All() => Game.Subscriptions.To(Caller);

    protected override PlayerAlias Other(Subscription subscription) => subscription.Subscriber;
}

internal sealed class ListSubscribedTo : ListRelationships
{
    protected override IEnumerable<Subscription> All() => Game.Subscriptions.Of(Caller);

    protected override PlayerAlias Other(Subscription subscription) => subscription.SubscribedTo;
}
