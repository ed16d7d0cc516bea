using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Talo.Reactive.Connection;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Inbound;
using static Talo.Reactive.Channels.Memberships.MembershipSignal;

namespace Talo.Reactive.Channels.Memberships;

/// <summary>
/// The player's memberships as far as this client knows them: joins for who observes <c>Joined()</c>, and goes back into
/// channels of temporary membership. What happens becomes a signal, <see cref="MembershipRules"/> decides, and this does it. An
/// entry is made where the game asks for a channel, and, a bounded number, where the server tells of a membership.
/// </summary>
internal sealed class ChannelMemberships
{
    private readonly Settings settings;
    private readonly Turns turns;
    private readonly TaloConnection connection;
    private readonly EventStreams streams;
    private readonly MembershipWork work;
    // Changed inside turns; the filter looks into it outside of them.
    private readonly ConcurrentDictionary<int, MembershipEntry> entries = new(concurrencyLevel: 1, capacity: 7);
    private readonly HeardMemberships heard = new();
    private int? player;
    private bool hasToldOfForgetting;
    private int epoch = -1;
    private int links;
    private bool isOver;

    internal ChannelMemberships(
        Settings settings, Turns turns, ChannelCalls calls, TaloConnection connection, EventStreams streams)
    {
        this.settings = settings;
        this.turns = turns;
        this.connection = connection;
        this.streams = streams;
        Lost = new EventStream<ChannelMembershipLost>("Channels.MembershipLost", turns.Deliveries, streams.Faults);
        work = new MembershipWork(settings, turns, calls, Lost, Apply);
        streams.States.Subscribe(x => turns.Take(() => Connection(x)));
        Listen();
    }

    internal EventStream<ChannelMembershipLost> Lost { get; }

    /// <summary>Whether the game itself asked to be offline: what that ends is not got back.</summary>
    internal Func<bool> IsOfflineByChoice { get; set; } = static () => false;

    /// <summary>Whether memberships that end by going offline are to end.</summary>
    private bool IsItsChoice() => !settings.ChannelMembership.RejoinTemporary || IsOfflineByChoice();

    private int? Player => connection.Player?.Id;

    /// <summary>The player is a member while somebody observes this. Cold, shared.</summary>
    internal IObservable<Channel> Joined(int channelId) => new JoinedStream(this, channelId);

    /// <summary>The game did something about a channel as the current player. Takes a turn.</summary>
    internal void Signal(int channelId, int alias, MembershipSignal signal) => turns.Take(() =>
    {
        if (!isOver && IsCurrent(alias)) Apply(Asked(channelId, alias), signal);
    });

    /// <summary>The game plays as somebody else, or as nobody: memberships are a player's own. Takes a turn.</summary>
    internal void PlayerChanged() => turns.Take(() => IsCurrent(Player));

    /// <summary>Whether the client is on its way into the channel, or back into it.</summary>
    internal bool IsJoining(int channelId) => Of(channelId).Call is MembershipCall.Join or MembershipCall.Rejoin;

    /// <summary>Whether the player is known to be a member, or was until the connection broke.</summary>
    internal bool IsMember(int channelId) => Of(channelId).IsMember;

    /// <summary>Stops everything; observers hear of it by <see cref="Complete"/>.</summary>
    internal void Stop() => turns.Take(() =>
    {
        isOver = true;
        foreach (var entry in entries.Values) work.Stop(entry);
    });

    /// <summary>The last that observers hear. On the delivery queue.</summary>
    internal void Complete()
    {
        Lost.OnCompleted();
        JoinedObserver[] observers = [];
        turns.Take(() =>
        {
            observers = entries.Values.SelectMany(static x => x.Release()).ToArray();
            entries.Clear();
            heard.Clear();
        });
        foreach (var observer in observers) observer.OnCompleted();
    }

    private IDisposable Observe(int channelId, IObserver<Channel> observer)
    {
        GuardScope.Reached(streams.Faults);
        var one = new JoinedObserver(observer, channelId, turns.Deliveries, streams.Faults);
        MembershipEntry? entry = null;
        var completes = false;
        turns.Take(() =>
        {
            if (isOver)
            {
                completes = true;
            }
            else if (Player is not { } alias || !IsCurrent(alias))
            {
                var error = new TaloException("Joined() needs a player, and none is known: call Players.IdentifyAsync first.");
                turns.Publish(() => one.OnError(error));
            }
            else
            {
                entry = Asked(channelId, alias);
                entry.Observers.Add(one);
                work.Grace(entry, Disposable.Empty);
                if (entry.Told is { } told) turns.Publish(() => one.OnNext(told));
                Apply(entry, new Observed());
            }
        });
        if (completes) one.OnCompleted();
        return Disposable.Create(() =>
        {
            one.Detach();
            if (entry is not null) turns.Take(() => Unobserve(entry, one));
        });
    }

    private Membership Of(int channelId)
    {
        var state = Membership.None;
        turns.Take(() => state = entries.TryGetValue(channelId, out var entry) ? entry.State : state);
        return state;
    }

    private void Unobserve(MembershipEntry entry, JoinedObserver one)
    {
        if (!entry.Observers.Remove(one) || entry.Observers.Count > 0 || isOver) return;
        work.Grace(entry, turns.After(settings.ChannelMembership.LeaveGrace, () =>
        {
            if (entry.Observers.Count > 0 || isOver) return;
            entry.Told = null;
            Apply(entry, new Unobserved());
        }));
    }

    private void Listen()
    {
        var filter = new MembershipFilter(() => Player, entries);
        streams.ChannelPlayerJoined.Listen(filter.IsOfPlayer, x =>
        {
            if (x.PlayerAlias is { } alias) Heard(x.Channel, alias.Id, new SeenInside(x.Channel));
        });
        streams.ChannelPlayerLeft.Listen(filter.IsOfPlayer, x => Heard(
            x.Channel,
            x.PlayerAlias.Id,
            x.Reason is ChannelLeavingReason.TemporaryMembership ? new TakenOffline(x.Channel, IsItsChoice()) : new SeenLeaving()));
        streams.ChannelUpdated.Listen(filter.IsOfKnownChannel, x => Known(x.Channel, new Changed(x.Channel)));
        streams.ChannelOwnershipTransferred.Listen(filter.IsOfKnownChannel, x => Known(x.Channel, new Changed(x.Channel)));
        streams.ChannelDeleted.Listen(filter.IsOfKnownChannel, x => Known(x.Channel, new Deleted()));
    }

    private void Heard(Channel channel, int alias, MembershipSignal signal) => turns.Take(() =>
    {
        if (isOver || alias != Player || !IsCurrent(alias)) return;
        if (!entries.TryGetValue(channel.Id, out var entry))
        {
            // The end of a membership that is not known leaves nothing to get back.
            if (signal is not SeenInside) return;
            entry = Remember(channel.Id, alias);
        }

        Apply(entry, signal);
    });

    private void Known(Channel channel, MembershipSignal signal) => turns.Take(() =>
    {
        if (!isOver && entries.TryGetValue(channel.Id, out var entry)) Apply(entry, signal);
    });

    private void Connection(ConnectionState state)
    {
        if (isOver || state.Status is not ConnectionStatus.Identified || state.Epoch == epoch || !IsCurrent(Player)) return;
        epoch = state.Epoch;
        links++;
        var back = new BackOnline(links, IsItsChoice());
        foreach (var entry in entries.Values.ToArray()) Apply(entry, back);
    }

    /// <summary>Whether it is the current player; what belongs to the one before is forgotten first.</summary>
    private bool IsCurrent(int? alias)
    {
        var current = Player;
        if (current != player)
        {
            player = current;
            links = 0;
            hasToldOfForgetting = false;
            foreach (var entry in entries.Values)
            {
                work.End(entry, static x => x.OnCompleted());
                work.Stop(entry);
            }

            entries.Clear();
            heard.Clear();
        }

        return current is not null && current == alias;
    }

    /// <summary>The entry of a channel that the game asks for.</summary>
    private MembershipEntry Asked(int channelId, int alias)
    {
        if (!entries.TryGetValue(channelId, out var entry)) return Enter(channelId, alias, Membership.None with { Links = links });
        heard.Remove(entry);
        return entry;
    }

    /// <summary>A new entry of a channel that only the server told of.</summary>
    private MembershipEntry Remember(int channelId, int alias)
    {
        // As if it had been gone back to for every link so far: it is worth one call for each link that ends from now on.
        var entry = Enter(channelId, alias, Membership.None with { Links = links, Returns = System.Math.Max(1, links) });
        if (heard.Add(entry) is not { } oldest) return entry;
        work.Stop(oldest);
        entries.TryRemove(oldest.ChannelId, out _);
        if (!hasToldOfForgetting && oldest.State.Channel is { TemporaryMembership: true } channel) TellOfForgetting(channel);
        return entry;
    }

    private MembershipEntry Enter(int channelId, int alias, Membership state)
    {
        var entry = new MembershipEntry(channelId, alias) { State = state };
        entries[channelId] = entry;
        return entry;
    }

    private void TellOfForgetting(Channel channel)
    {
        hasToldOfForgetting = true;
        turns.Afterwards(() => streams.Faults.Report(
            TaloFaultKind.LimitReached,
            $"The server has put the player into more than {HeardMemberships.Most} channels that the game did not ask for. The oldest are forgotten, "
            + $"{channel} first: a lost connection ends the temporary ones unnoticed. Call Channels.JoinAsync for those that matter.",
            "Channels.MembershipLost"));
    }

    private void Apply(MembershipEntry entry, MembershipSignal signal)
    {
        // One that was forgotten meanwhile: a late answer, or the end of a grace.
        if (isOver || !entries.TryGetValue(entry.ChannelId, out var current) || current != entry) return;
        var (next, acts) = MembershipRules.Next(entry.State, entry.Heard is null ? signal : HeardMemberships.Kept(signal), entry.Alias);
        entry.State = next;
        foreach (var act in acts) work.Do(entry, act);
        if (!next.IsOver) return;
        entries.TryRemove(entry.ChannelId, out _);
        heard.Remove(entry);
    }

    private sealed class JoinedStream(ChannelMemberships memberships, int channelId) : IObservable<Channel>
    {
        public IDisposable Subscribe(IObserver<Channel> observer) =>
            memberships.Observe(channelId, observer ?? throw new ArgumentNullException(nameof(observer)));
    }
}
