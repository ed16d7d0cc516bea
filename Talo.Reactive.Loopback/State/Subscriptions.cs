using System.Collections.Generic;
using System.Linq;

namespace Talo.Reactive.Loopback.State;

/// <summary>The subscriptions of a game, at most one for each ordered pair of aliases, found from either end.</summary>
internal sealed class Subscriptions
{
    private readonly Dictionary<int, Subscription> byId = [];
    private readonly Dictionary<(int Subscriber, int SubscribedTo), Subscription> byPair = [];
    private readonly Dictionary<int, SortedDictionary<int, Subscription>> bySubscriber = [];
    private readonly Dictionary<int, SortedDictionary<int, Subscription>> bySubscribedTo = [];

    /// <summary>By an id as clients send it, which may be any number.</summary>
    public Subscription? Find(double id) => id is >= 0 and <= int.MaxValue ? byId.GetValueOrDefault((int)id) : null;

    public Subscription? Find(PlayerAlias subscriber, PlayerAlias subscribedTo) =>
        byPair.GetValueOrDefault((subscriber.Id, subscribedTo.Id));

    /// <summary>Those in which the alias is the subscriber, by ascending id.</summary>
    public IReadOnlyCollection<Subscription> Of(PlayerAlias subscriber) =>
        bySubscriber.TryGetValue(subscriber.Id, out var entries) ? entries.Values : [];

    /// <summary>Those that others have to the alias, by ascending id.</summary>
    public IReadOnlyCollection<Subscription> To(PlayerAlias subscribedTo) =>
        bySubscribedTo.TryGetValue(subscribedTo.Id, out var entries) ? entries.Values : [];

    public bool Hears(PlayerAlias subscriber, PlayerAlias subscribedTo) =>
        Find(subscriber, subscribedTo) is { IsConfirmed: true };

    public Subscription Add(Subscription subscription)
    {
        byPair.Add((subscription.Subscriber.Id, subscription.SubscribedTo.Id), subscription);
        byId.Add(subscription.Id, subscription);
        Enter(bySubscriber, subscription.Subscriber, subscription);
        Enter(bySubscribedTo, subscription.SubscribedTo, subscription);
        return subscription;
    }

    public void Remove(Subscription subscription)
    {
        byPair.Remove((subscription.Subscriber.Id, subscription.SubscribedTo.Id));
        byId.Remove(subscription.Id);
        Leave(bySubscriber, subscription.Subscriber, subscription);
        Leave(bySubscribedTo, subscription.SubscribedTo, subscription);
    }

    /// <summary>Removes all that an alias has part in.</summary>
    public void Forget(PlayerAlias alias)
    {
        foreach (var subscription in Of(alias).Concat(To(alias)).ToList())
            Remove(subscription);
    }

    private static void Enter(
        Dictionary<int, SortedDictionary<int, Subscription>> index, PlayerAlias alias, Subscription subscription)
    {
        if (!index.TryGetValue(alias.Id, out var entries))
            index.Add(alias.Id, entries = []);
        entries.Add(subscription.Id, subscription);
    }

    private static void Leave(
        Dictionary<int, SortedDictionary<int, Subscription>> index, PlayerAlias alias, Subscription subscription)
    {
        var entries = index[alias.Id];
        entries.Remove(subscription.Id);
        if (entries.Count == 0)
            index.Remove(alias.Id);
    }
}
