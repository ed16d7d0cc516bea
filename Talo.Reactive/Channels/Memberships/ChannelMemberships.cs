using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Talo.Reactive.Connection;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Inbound;
using static Talo.Reactive.Channels.Memberships.MembershipSignal;

namespace Talo.Reactive.Channels.Memberships;

/// <summary>
/// The player's memberships as far as this client knows them: joins for who observes <c>Joined()</c>, and goes back into channels of
/// temporary membership. What happens becomes a signal, <see cref="MembershipRules"/> decides, and this does it.
/// </summary>
internal sealed class ChannelMemberships
{
    private readonly Settings settings;
    private readonly Turns turns;
    private readonly ChannelCalls calls;
    private readonly TaloConnection connection;
    private readonly EventStreams streams;
    private readonly Dictionary<int, MembershipEntry> entries = [];
    private int? player;
    private int epoch = -1;
    private int links;
    private bool isOver;

    internal ChannelMemberships(Settings settings, Turns turns, ChannelCalls calls, TaloConnection connection, EventStreams streams)
    {
        this.settings = settings;
        this.turns = turns;
        this.calls = calls;
        this.connection = connection;
        this.streams = streams;
        Lost = new EventStream<ChannelMembershipLost>("Channels.MembershipLost", turns.Deliveries, streams.Faults);
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

    /// <summary>Something that concerns the current player happened. Takes a turn.</summary>
    internal void Signal(int channelId, int alias, MembershipSignal signal) => turns.Take(() =>
    {
        if (!isOver && IsCurrent(alias)) Apply(Entry(channelId, alias), signal);
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
        foreach (var entry in entries.Values) Stop(entry);
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
                entry = Entry(channelId, alias);
                entry.Observers.Add(one);
                Grace(entry, Disposable.Empty);
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
        Grace(entry, turns.After(settings.ChannelMembership.LeaveGrace, () =>
        {
            if (entry.Observers.Count > 0 || isOver) return;
            entry.Told = null;
            Apply(entry, new Unobserved());
        }));
    }

    private void Listen()
    {
        streams.ChannelPlayerJoined.All.Subscribe(x =>
        {
            if (x.PlayerAlias is { } alias) Heard(x.Channel, alias.Id, new SeenInside(x.Channel));
        });
        streams.ChannelPlayerLeft.All.Subscribe(x => Heard(x.Channel, x.PlayerAlias.Id, x.Reason is ChannelLeavingReason.TemporaryMembership
            ? new TakenOffline(x.Channel, IsItsChoice())
            : new SeenLeaving()));
        streams.ChannelUpdated.All.Subscribe(x => Known(x.Channel, new Changed(x.Channel)));
        streams.ChannelOwnershipTransferred.All.Subscribe(x => Known(x.Channel, new Changed(x.Channel)));
        streams.ChannelDeleted.All.Subscribe(x => Known(x.Channel, new Deleted()));
    }

    private void Heard(Channel channel, int alias, MembershipSignal signal)
    {
        if (alias == Player) Signal(channel.Id, alias, signal);
    }

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
            foreach (var entry in entries.Values)
            {
                End(entry, static x => x.OnCompleted());
                Stop(entry);
            }

            entries.Clear();
        }

        return current is not null && current == alias;
    }

    private MembershipEntry Entry(int channelId, int alias)
    {
        if (entries.TryGetValue(channelId, out var entry)) return entry;
        entry = new MembershipEntry(channelId, alias) { State = Membership.None with { Links = links } };
        entries.Add(channelId, entry);
        return entry;
    }

    private void Apply(MembershipEntry entry, MembershipSignal signal)
    {
        // One that was forgotten meanwhile: a late answer, or the end of a grace.
        if (!entries.TryGetValue(entry.ChannelId, out var current) || current != entry) return;
        var (next, acts) = MembershipRules.Next(entry.State, signal, entry.Alias);
        entry.State = next;
        foreach (var act in acts) Do(entry, act);
        if (next.IsOver) entries.Remove(entry.ChannelId);
    }

    private void Do(MembershipEntry entry, MembershipAct act)
    {
        switch (act)
        {
            case MembershipAct.Join:
                Run(entry, calls.Join(entry.Alias, entry.ChannelId, background: true).Select(static x => (MembershipSignal)new JoinSucceeded(x)));
                break;
            case MembershipAct.Leave:
                Run(entry, calls.Leave(entry.Alias, entry.ChannelId, background: true).Select(static _ => (MembershipSignal)new LeaveSucceeded()));
                break;
            case MembershipAct.Wait wait:
                Work(entry, turns.After(WaitFor(wait.Attempt, wait.Error), () => Apply(entry, new RetryDue())));
                break;
            case MembershipAct.Stop:
                Work(entry, Disposable.Empty);
                break;
            case MembershipAct.Tell tell:
                entry.Told = tell.Channel;
                foreach (var observer in entry.Observers) turns.Publish(() => observer.OnNext(tell.Channel));
                break;
            case MembershipAct.Complete:
                End(entry, static x => x.OnCompleted());
                break;
            case MembershipAct.Fail fail:
                End(entry, x => x.OnError(fail.Error));
                break;
            case MembershipAct.Report report:
                turns.Publish(() => Lost.OnNext(report.Loss));
                break;
        }
    }

    private void Run(MembershipEntry entry, IObservable<MembershipSignal> call)
    {
        var slot = new SingleAssignmentDisposable();
        Work(entry, slot);
        turns.Afterwards(() => slot.Disposable = call.Take(1).Subscribe(Answered, error =>
            Answered(new CallFailed(error as TaloException ?? new TaloException(error.Message, error)))));

        // An answer that was given up meanwhile is nobody's.
        void Answered(MembershipSignal answer) => turns.Take(() =>
        {
            if (entry.Work == slot && !isOver) Apply(entry, answer);
        });
    }

    private TimeSpan WaitFor(int attempt, TaloException error)
    {
        var options = settings.Reconnect;
        return error.RetryAfter is { } asked
            ? RetryPolicy.Bounded(Backoff.AfterTooManyRequests(asked, options.RateLimitJitter, settings.NextRandom()))
            : Backoff.FullJitter(attempt - 1, options.InitialDelay, options.MaxDelay, settings.NextRandom());
    }

    private void End(MembershipEntry entry, Action<JoinedObserver> end)
    {
        Grace(entry, Disposable.Empty);
        foreach (var observer in entry.Release()) turns.Publish(() => end(observer));
    }

    private void Stop(MembershipEntry entry)
    {
        Work(entry, Disposable.Empty);
        Grace(entry, Disposable.Empty);
    }

    private void Work(MembershipEntry entry, IDisposable next)
    {
        var last = entry.Work;
        entry.Work = next;
        turns.Afterwards(last.Dispose);
    }

    private void Grace(MembershipEntry entry, IDisposable next)
    {
        var last = entry.Grace;
        entry.Grace = next;
        turns.Afterwards(last.Dispose);
    }

    private sealed class JoinedStream(ChannelMemberships memberships, int channelId) : IObservable<Channel>
    {
        public IDisposable Subscribe(IObserver<Channel> observer) =>
            memberships.Observe(channelId, observer ?? throw new ArgumentNullException(nameof(observer)));
    }
}
