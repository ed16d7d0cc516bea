using System;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;
using Talo.Reactive.Inbound;
using Talo.Reactive.Outbound;
using Talo.Reactive.Sessions;
using Talo.Reactive.Transport;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Connection;

/// <summary>
/// Keeps one link up: ticket, dial, v1.connected, identify, live, closed, wait. What happens becomes a signal, the signal
/// the next state; everything here runs inside turns unless it says otherwise.
/// </summary>
internal sealed class TaloConnection : Identification.IHost
{
    /// <summary>What the server closes with after a bad ticket, or when an access key is revoked.</summary>
    private const int Unauthorized = 3000;

    /// <summary>Policy violation: the rate limit.</summary>
    private const int PolicyViolation = 1008;

    /// <summary>This side refuses frames over the limit of the options.</summary>
    private const int TooLarge = 1009;

    private readonly Settings settings;
    private readonly Turns turns;
    private readonly PendingCalls calls;
    private readonly Connector connector;
    private readonly Sender sender;
    private readonly Redactor redactor;
    private readonly RetryPolicy policy;
    private readonly Func<LiveLink, IObserver<ReadOnlyMemory<byte>>> reader;
    private readonly ConnectionWaiters waiters = new();

    private ConnectionState state;
    private LiveLink? link;
    private IDisposable attempt = Disposable.Empty;
    private bool dialsWhenClosed;
    private bool isSuspended;
    private bool triedFreshTicket;
    private DateTimeOffset? halfRateUntil;
    private bool isDisposed;

    internal TaloConnection(
        Settings settings,
        Turns turns,
        PendingCalls calls,
        Connector connector,
        Sender sender,
        SocketTokens tokens,
        PlayerSessions sessions,
        Redactor redactor,
        EventStreams streams)
    {
        this.settings = settings;
        this.turns = turns;
        this.calls = calls;
        this.connector = connector;
        this.sender = sender;
        this.redactor = redactor;
        Streams = streams;
        policy = new RetryPolicy(settings, error => streams.Faults.Report(TaloFaultKind.ExtensionThrew, "ReconnectOptions.Policy threw; the default wait is used.", "Reconnect.Policy", error));
        Identification = new Identification(settings, turns, sender, tokens, sessions, streams.Faults, this);
        reader = on => new LinkReader(on, this, sender, turns, streams);
        state = ConnectionTransition.Start(turns.Now);
    }

    /// <summary>The state as of now, which may be ahead of what observers were told. From any thread.</summary>
    internal ConnectionState State => Volatile.Read(ref state);

    internal Identification Identification { get; }

    /// <summary>Who the game plays as. From any thread.</summary>
    internal PlayerAlias? Player => Identification.Shown;

    private EventStreams Streams { get; }

    /// <summary>Opens by itself, unless the game was quicker to say what it wants. Outside of turns.</summary>
    internal void Start() => turns.Take(() =>
    {
        if (!isDisposed && state.Status is ConnectionStatus.Disconnected) Open();
    });

    /// <summary>The player that a call acts as.</summary>
    internal PlayerAlias RequirePlayer(string call) =>
        Player ?? throw new TaloException($"{call} needs a player, and none is known: call Players.IdentifyAsync first.");

    /// <summary>Opens, or waits for what is opening already. Outside of turns.</summary>
    internal Task OpenAsync(CancellationToken cancellation)
    {
        var call = calls.Begin<bool>(cancellation);
        turns.Take(() =>
        {
            if (isDisposed) return;
            isSuspended = false;
            waiters.Open(call);
            if (state.IsConnected) waiters.Settle(state, turns);
            else Open();
        });
        return call.Task;
    }

    /// <summary>Closes with a code and a reason. Outside of turns.</summary>
    internal Task CloseAsync(int code, string reason, CancellationToken cancellation)
    {
        var call = calls.Begin<bool>(cancellation);
        turns.Take(() =>
        {
            if (isDisposed) return;
            isSuspended = false;
            waiters.Close(call);
            sender.Shut("The connection was closed by the game: call OpenConnectionAsync first.");
            Stop(code, reason, new ConnectionCause { Kind = ConnectionCauseKind.Game, Text = "closed by the game", CloseCode = code });
            // Where it was suspended, closing changes no state, but hope.
            waiters.Settle(state, turns);
            if (link is null) waiters.Closed(turns);
        });
        return call.Task;
    }

    /// <summary>Ends the link and dials the next. Outside of turns.</summary>
    internal Task ResetAsync(CancellationToken cancellation)
    {
        var call = calls.Begin<bool>(cancellation);
        turns.Take(() =>
        {
            if (isDisposed) return;
            isSuspended = false;
            Reset("reset by the game", DialNow);
            waiters.Open(call);
        });
        return call.Task;
    }

    internal Task WhenIdentifiedAsync(CancellationToken cancellation)
    {
        var call = calls.Begin<bool>(cancellation);
        turns.Take(() =>
        {
            waiters.Identified(call);
            waiters.Settle(state, turns, isSuspended);
            if (state is { Status: ConnectionStatus.Connected, RetryIn: null, Cause: { Kind: ConnectionCauseKind.IdentifyFailed } refusal })
                waiters.NotIdentified(refusal, turns);
        });
        return call.Task;
    }

    /// <summary>Closes, keeping what waits to be sent. Outside of turns.</summary>
    internal void Suspend() => turns.Take(() =>
    {
        if (isDisposed || state.Status is ConnectionStatus.Disconnected or ConnectionStatus.Closed or ConnectionStatus.Failed) return;
        isSuspended = true;
        Stop(1000, "", new ConnectionCause { Kind = ConnectionCauseKind.Game, Text = "suspended by the game" });
    });

    /// <summary>Dials at once after <see cref="Suspend"/>. Outside of turns.</summary>
    internal void Resume() => turns.Take(() =>
    {
        if (isDisposed || !isSuspended) return;
        isSuspended = false;
        // The closing handshake of before the sleep has no answer to wait for.
        if (link is { } old) turns.Afterwards(old.Socket.Abort);
        Open();
    });

    /// <summary>The game plays as somebody, with a token that is new; or as nobody. Outside of turns.</summary>
    internal void SetIdentity(Identity? identity) => turns.Take(() =>
    {
        if (isDisposed) return;
        var before = Identification.Current?.Alias.Id;
        Identification.Set(identity);
        // The server leaves a player online that is identified over on the same link, and has no request to sign out.
        if (before != identity?.Alias.Id && Identification.IsTaken) Reset("another player", Dial);
        else if (identity is null && state.Status is ConnectionStatus.Identifying) NobodyToIdentify();
        else Identification.Begin();
    });

    /// <summary>The current alias changed, and the socket need not know. Outside of turns.</summary>
    internal void UpdateAlias(Func<PlayerAlias, PlayerAlias> change) => turns.Take(() =>
    {
        if (!isDisposed && Identification.Current is { } identity) Identification.Update(change(identity.Alias));
    });

    /// <summary>A token for the current player. Outside of turns.</summary>
    internal void SetToken(string token)
    {
        redactor.Add(token);
        turns.Take(() =>
        {
            RequirePlayer("SetSocketToken");
            if (!isDisposed) SetIdentity(Identification.Current! with { Token = token, TokenAt = turns.Now });
        });
    }

    /// <summary>Ends everything at once, waiting for nothing. Outside of turns.</summary>
    internal void Dispose() => turns.Take(() =>
    {
        if (isDisposed) return;
        isDisposed = true;
        sender.Shut("The client was disposed.");
        Attempt(Disposable.Empty);
        Identification.Detach();
        if (link is not { } last) return;
        link = null;
        last.Abandon();
        sender.Detach(last.Lane);
        turns.Afterwards(() =>
        {
            last.Timers.Dispose();
            last.Socket.Abort();
        });
    });

    /// <summary>v1.connected came.</summary>
    internal void Greeted(LiveLink from)
    {
        if (from != link || from.IsGreeted || from.Closing is not null) return;
        from.IsGreeted = true;
        from.Timers.Clear();
        from.Timers.Add(turns.After(settings.Reconnect.StableAfter, () => Stable(from)));
        if (halfRateUntil > turns.Now) from.Lane.HalveUntil(halfRateUntil.Value);
        from.Pulse = new LinkPulse(settings.Heartbeat, turns, sender, from, () => Drop(from, "No frame came in answer to a heartbeat."));
        from.Pulse.Start();
        Signal(new ConnectionSignal.Greeted(turns.Now, Identification.Current is not null));
        sender.Attach(from.Lane);
        Identification.Attach(from);
    }

    /// <summary>The link has ended, and all its frames are delivered.</summary>
    internal void Ended(LiveLink ended)
    {
        if (ended != link) return;
        link = null;
        turns.Afterwards(() =>
        {
            ended.Timers.Dispose();
            // The closing handshake's rest may still be under way: nothing of the link outlives it.
            ended.Socket.Abort();
        });
        sender.Detach(ended.Lane);
        Identification.Detach();

        var closure = ended.Socket.Closure ?? new LinkClosure(LinkEnd.Lost, LinkClosure.AbnormalClosure, "");
        if (ended.Closing is { } asked) EndedByGame(asked, closure);
        else EndedByItself(ended, closure);
    }

    void Identification.IHost.IdentifyStarted() => Signal(new ConnectionSignal.IdentifyStarted(turns.Now));

    void Identification.IHost.IdentifySucceeded()
    {
        Signal(new ConnectionSignal.IdentifySucceeded(turns.Now));
        sender.Pump();
    }

    void Identification.IHost.IdentifyFailed(ConnectionCause cause, TimeSpan? retryIn)
    {
        Signal(new ConnectionSignal.IdentifyFailed(turns.Now, cause, retryIn));
        if (retryIn is null) waiters.NotIdentified(cause, turns);
    }

    private void NobodyToIdentify() => ((Identification.IHost)this).IdentifyFailed(
        new ConnectionCause { Kind = ConnectionCauseKind.IdentifyFailed, Text = "The player was cleared before the socket knew it." }, retryIn: null);

    private void Open()
    {
        sender.Reopen();
        if (Signal(new ConnectionSignal.Open(turns.Now))) DialNow();
    }

    /// <summary>By the wish of the game, which outweighs what the server asked for: one try, at once.</summary>
    private void DialNow()
    {
        Attempt(Disposable.Empty);
        turns.Afterwards(connector.EndPauses);
        Dial();
    }

    private void Dial()
    {
        Attempt(Disposable.Empty);
        // Two links of one player at a time: the end of the old one would take the player offline on the new one.
        dialsWhenClosed = link is not null;
        if (dialsWhenClosed) return;

        var epoch = state.Epoch;
        var hasBegun = false;
        var slot = new SingleAssignmentDisposable();
        Attempt(slot);
        turns.Afterwards(() => slot.Disposable = connector.Connect(
            wait => turns.Take(() => Held(wait)),
            () => turns.Take(Begun),
            socket => turns.Take(() => Dialled(epoch, socket)),
            error => turns.Take(() => NotDialled(epoch, error))));

        void Held(TimeSpan wait)
        {
            if (isDisposed || hasBegun || epoch != state.Epoch) return;
            Signal(new ConnectionSignal.Held(turns.Now, RetryPolicy.TooManyCalls("the connection needs a ticket"), wait));
        }

        void Begun()
        {
            hasBegun = true;
            if (!isDisposed && epoch == state.Epoch) Signal(new ConnectionSignal.Released(turns.Now));
        }
    }

    private void Dialled(int epoch, ILink socket)
    {
        if (isDisposed || epoch != state.Epoch || state.Status is not ConnectionStatus.Connecting)
        {
            turns.Afterwards(socket.Abort);
            return;
        }

        var dialled = link = new LiveLink(epoch, socket, settings.Pacing, turns.Now);
        dialled.Timers.Add(turns.After(settings.Timeouts.Connected, () => Drop(dialled, "The server did not say v1.connected in time.")));
        turns.Afterwards(() => socket.Frames.Subscribe(reader(dialled)));
    }

    private void NotDialled(int epoch, Exception error)
    {
        if (isDisposed || epoch != state.Epoch || state.Status is not ConnectionStatus.Connecting) return;
        var refusal = error as TaloException;
        var cause = new ConnectionCause
        {
            Kind = refusal switch
            {
                { Status: 401 } => ConnectionCauseKind.AccessKeyRefused,
                { Status: 429 } => ConnectionCauseKind.RateLimited,
                not null => ConnectionCauseKind.NoTicket,
                _ => ConnectionCauseKind.DialFailed,
            },
            Text = Streams.Redact(refusal is null ? $"the WebSocket could not be opened: {error.Message}" : error.Message),
            Error = refusal,
        };
        if (refusal is { Status: 401 }) GiveUp(cause, turns.Now);
        else Retry(cause, turns.Now, RetryAfter.Of(refusal), NextWait);
    }

    private void EndedByGame(GameClose asked, LinkClosure closure)
    {
        var code = closure.End is LinkEnd.ClosedHere or LinkEnd.ClosedByPeer ? closure.Code : asked.Code;
        Streams.Publish(new Closure(code, closure.Reason.Length > 0 ? closure.Reason : asked.Reason, ClosureOrigin.Game, null));
        waiters.Closed(turns);
        if (dialsWhenClosed) Dial();
    }

    private void EndedByItself(LiveLink ended, LinkClosure closure)
    {
        if (closure is { End: LinkEnd.ClosedHere, Code: TooLarge })
            turns.Afterwards(() => Streams.Faults.Report(TaloFaultKind.MalformedFrame, $"The link was ended: {closure.Reason}"));
        var cause = ended.Dropped ?? CauseOf(closure);
        var origin = ended.Dropped is not null
            ? ClosureOrigin.DeadLink
            : closure.End is LinkEnd.ClosedByPeer ? ClosureOrigin.Server : ClosureOrigin.Lost;
        if (cause.Kind is ConnectionCauseKind.RateLimited) halfRateUntil = turns.Now + settings.Pacing.HalfRateFor;
        // A server's close ends an unbroken stretch; a lost link was last known to live some time before.
        ended.Pulse?.NoteHeard();
        var heardUntil = origin is ClosureOrigin.Server ? turns.Now : ended.HeardUntil;
        Retry(cause, heardUntil, null, (attempt, why, asked) =>
        {
            var wait = policy.Next(attempt, why, asked, atOnce: IsRefusedTicket(closure));
            Streams.Publish(new Closure(closure.Code, closure.Reason, origin, wait));
            return wait;
        });
    }

    /// <summary>The ticket was bad or the key revoked: one try at once with a fresh ticket tells which, if it is the first in a while.</summary>
    private bool IsRefusedTicket(LinkClosure closure)
    {
        if (closure is not { End: LinkEnd.ClosedByPeer, Code: Unauthorized, Reason: "" } || triedFreshTicket) return false;
        triedFreshTicket = true;
        return true;
    }

    private TimeSpan? NextWait(int attempt, ConnectionCause cause, TimeSpan? asked) => policy.Next(attempt, cause, asked);

    private void Retry(ConnectionCause cause, DateTimeOffset heardUntil, TimeSpan? asked, Func<int, ConnectionCause, TimeSpan?, TimeSpan?> nextWait)
    {
        if (nextWait(state.Attempt + 1, cause, asked) is not { } wait)
        {
            GiveUp(cause with { Kind = ConnectionCauseKind.GaveUp, Text = $"gave up after {state.Attempt + 1} tries: {cause.Text}" }, heardUntil);
            return;
        }

        Signal(new ConnectionSignal.LinkFailed(turns.Now, cause, wait, heardUntil));
        Attempt(turns.After(wait, () =>
        {
            if (Signal(new ConnectionSignal.RetryDue(turns.Now))) Dial();
        }));
    }

    private void GiveUp(ConnectionCause cause, DateTimeOffset heardUntil)
    {
        sender.Shut($"The connection has failed ({cause.Text}): call OpenConnectionAsync to try again.");
        Signal(new ConnectionSignal.GaveUp(turns.Now, cause, heardUntil));
    }

    /// <summary>The other end is silent: this side ends the link.</summary>
    private void Drop(LiveLink dead, string why)
    {
        if (dead != link) return;
        dead.Dropped = new ConnectionCause { Kind = ConnectionCauseKind.DeadLink, Text = why, CloseCode = LinkClosure.AbnormalClosure };
        dead.Abandon();
        turns.Afterwards(dead.Socket.Abort);
    }

    private void Reset(string why, Action dial)
    {
        sender.Reopen();
        var cause = new ConnectionCause { Kind = ConnectionCauseKind.Game, Text = why };
        CloseLink(1000, "");
        if (Signal(new ConnectionSignal.Reset(turns.Now, cause)) || Signal(new ConnectionSignal.Open(turns.Now))) dial();
    }

    private void Stop(int code, string reason, ConnectionCause cause)
    {
        dialsWhenClosed = false;
        Attempt(Disposable.Empty);
        CloseLink(code, reason);
        Signal(new ConnectionSignal.Closed(turns.Now, cause));
    }

    /// <summary>Starts the closing handshake of the live link, if there is one, and bounds it.</summary>
    private void CloseLink(int code, string reason)
    {
        if (link is not { Closing: null } live) return;
        live.Closing = new GameClose(code, reason);
        live.Lane.IsClosing = true;
        Identification.Detach();
        live.Timers.Add(turns.After(settings.Timeouts.Close, () => turns.Afterwards(live.Socket.Abort)));
        turns.Afterwards(() => Observable.Defer(() => live.Socket.Close(code, reason)).Subscribe(static _ => { }, _ => live.Socket.Abort()));
    }

    private void Stable(LiveLink on)
    {
        if (on != link) return;
        triedFreshTicket = false;
        Identification.Stable();
        Signal(new ConnectionSignal.Stable(turns.Now));
    }

    private ConnectionCause CauseOf(LinkClosure closure) => new()
    {
        Kind = closure.End is not LinkEnd.ClosedByPeer
            ? ConnectionCauseKind.LinkLost
            : closure.Code == PolicyViolation ? ConnectionCauseKind.RateLimited : ConnectionCauseKind.ClosedByServer,
        Text = Streams.Redact(closure.End is LinkEnd.ClosedByPeer
            ? $"closed by the server: {closure.Code} {closure.Reason}".TrimEnd()
            : $"the link was lost: {closure.Code} {closure.Reason}".TrimEnd()),
        CloseCode = closure.Code,
        Error = Streams.Redact(closure.Cause),
    };

    /// <summary>Moves on; false when the signal means nothing now.</summary>
    private bool Signal(ConnectionSignal signal)
    {
        var next = ConnectionTransition.Next(state, signal);
        if (ReferenceEquals(next, state)) return false;
        Volatile.Write(ref state, next);
        Streams.Publish(next);
        waiters.Settle(next, turns, isSuspended);
        return true;
    }

    private void Attempt(IDisposable next)
    {
        var last = attempt;
        attempt = next;
        turns.Afterwards(last.Dispose);
    }
}
