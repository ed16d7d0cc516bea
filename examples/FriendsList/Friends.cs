using System;
using System.Collections.Immutable;
using System.Linq;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Threading.Tasks;
using Talo.Reactive;

namespace Examples.FriendsList;

/// <summary>
/// What a friends screen shows: everybody whose friendship is confirmed, with their presence as it is now. One query over
/// relationships and presence; the screen draws what comes out of it.
/// </summary>
internal sealed class Friends(TaloClient talo)
{
    private static readonly ImmutableSortedDictionary<string, PlayerPresence> Nobody =
        ImmutableSortedDictionary<string, PlayerPresence>.Empty;

    private readonly Subject<PlayerAlias> accepted = new();
    private IObservable<ImmutableSortedDictionary<string, PlayerPresence>>? list;

    /// <summary>
    /// The friends by name, and again each time that anything about them changes. Made anew with each connection, because what
    /// happens while there is none is not heard. Shared by all that show it.
    /// </summary>
    internal IObservable<ImmutableSortedDictionary<string, PlayerPresence>> List => list ??= talo.Socket.States
        .Where(state => state.Status == ConnectionStatus.Identified)
        .Select(_ => Observable.Merge(AlreadyThere(), accepted, talo.PlayerRelationships.Confirmed.Select(change => change.Other))
            .SelectMany(Row)
            .Scan(Nobody, (all, row) => row.Presence is null ? all.Remove(row.Name) : all.SetItem(row.Name, row.Presence))
            .StartWith(Nobody))
        .Switch()
        .Replay(1)
        .RefCount();

    internal async Task AcceptAsync(PlayerAliasSubscription request)
    {
        await talo.PlayerRelationships.ConfirmSubscriptionAsync(request.Id);
        accepted.OnNext(request.Subscriber); // Only the one who asked hears of it from the server.
    }

    // One friend, from now to the end of the friendship.
    private IObservable<(string Name, PlayerPresence? Presence)> Row(PlayerAlias friend) => talo.PlayerPresence.Of(friend)
        .TakeUntil(talo.PlayerRelationships.Ended.Where(change => change.Other.Id == friend.Id))
        .Select(presence => (friend.DisplayName, (PlayerPresence?)presence))
        .Append((friend.DisplayName, null));

    private IObservable<PlayerAlias> AlreadyThere() => Observable
        .FromAsync(stop => talo.PlayerRelationships.GetSubscriptionsAsync(new PlayerAliasSubscriptionSearch { Confirmed = true }, 0, stop))
        .WithLatestFrom(EndedMeanwhile(), (page, ended) => page.Items
            .Select(subscription => subscription.SubscribedTo)
            .Where(friend => !ended.Contains(friend.Id)))
        .SelectMany(friends => friends);

    // The answer may be older than what was heard while it was on its way.
    private IObservable<ImmutableHashSet<int>> EndedMeanwhile() => talo.PlayerRelationships.Ended
        .Scan(ImmutableHashSet<int>.Empty, (ended, change) => ended.Add(change.Other.Id))
        .StartWith(ImmutableHashSet<int>.Empty);
}
