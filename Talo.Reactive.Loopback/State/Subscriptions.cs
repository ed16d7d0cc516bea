using System.Collections.Generic;
using System.Linq;

namespace Talo.Reactive.Loopback.State;

/// <summary>The subscriptions of a game, found from either end. There is at most one from an alias to another.</summary>
internal sealed class Subscriptions
{
    private readonly Dictionary<int, Subscription> byId = [];
    private readonly Dictionary<PlayerAlias, SortedDictionary<int, Subscription>> bySubscriber = [];
    private readonly Dictionary<PlayerAlias, SortedDictionary<int, Subscription>> bySubscribedTo = [];

    public Subscription? Find(double id) => id is >= 0 and <= int.MaxValue ? byId.GetValueOrDefault((int)id) : null;

    public Subscription? Find(PlayerAlias subscriber, PlayerAlias subscribedTo)
    {
        var (from, to) = (From(subscriber), To(subscribedTo));
        return from.Count <= to.Count
            ? from.FirstOrDefault(subscription => subscription.SubscribedTo == subscribedTo)
            : to.FirstOrDefault(subscription => subscription.Subscriber == subscriber);
    }

    /// <summary>Those of a subscriber, by ascending id.</summary>
    public IReadOnlyCollection<Subscription> From(PlayerAlias subscriber) =>
        bySubscriber.TryGetValue(subscriber, out var found) ? found.Values : [];

    /// <summary>Those to an alias, by ascending id.</summary>
    public IReadOnlyCollection<Subscription> To(PlayerAlias subscribedTo) =>
        bySubscribedTo.TryGetValue(subscribedTo, out var found) ? found.Values : [];

    public void Add(Subscription subscription)
    {
        byId.Add(subscription.Id, subscription);
        Add(bySubscriber, subscription.Subscriber, subscription);
        Add(bySubscribedTo, subscription.SubscribedTo, subscription);
    }

    public void Remove(Subscription subscription)
    {
        byId.Remove(subscription.Id);
        Remove(bySubscriber, subscription.Subscriber, subscription);
        Remove(bySubscribedTo, subscription.SubscribedTo, subscription);
    }

    public void Forget(PlayerAlias alias)
    {
        foreach (var subscription in From(alias).Concat(To(alias)).ToList())
            Remove(subscription);
    }

    private static void Add(
        Dictionary<PlayerAlias, SortedDictionary<int, Subscription>> index, PlayerAlias alias, Subscription subscription)
    {
        if (!index.TryGetValue(alias, out var found))
            index.Add(alias, found = []);
        found.Add(subscription.Id, subscription);
    }

    private static void Remove(
        Dictionary<PlayerAlias, SortedDictionary<int, Subscription>> index, PlayerAlias alias, Subscription subscription)
    {
        var found = index[alias];
        found.Remove(subscription.Id);
        if (found.Count == 0)
            index.Remove(alias);
    }
}
