using System;
using System.Collections.Generic;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;
using Talo.Reactive.Inbound;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Outbound;

/// <summary>
/// Takes frames and writes them one at a time: what is urgent first, the rest in order, when there is a link, the player is
/// identified on it, and the server's rate limit allows. Every frame ends as written, refused or unknown. Used inside turns.
/// </summary>
internal sealed class Sender
{
    private readonly Settings settings;
    private readonly Turns turns;
    private readonly TrafficStream traffic;
    private readonly IFaultReporter faults;
    private readonly ServerClock clock;
    private readonly Outbox outbox;
    private readonly SerialDisposable wake = new();
    private SendLane? lane;
    private int? player;
    private string? closed;
    private readonly SerialDisposable orphanBound = new();
    private OutgoingFrame? orphan;
    private bool isMeasuring;
    private readonly List<OutgoingFrame> signAgain = [];

    internal Sender(Settings settings, Turns turns, TrafficStream traffic, IFaultReporter faults, ServerClock clock)
    {
        this.settings = settings;
        this.turns = turns;
        this.traffic = traffic;
        this.faults = faults;
        this.clock = clock;
        outbox = new Outbox(settings.Outbox.Capacity);
    }

    /// <summary>The alias that the game plays as; null while none is known.</summary>
    internal int? Player => player;

    /// <summary>Measures the server's clock, after it refused a signature. Set once, by the connection.</summary>
    internal Func<IObservable<System.Reactive.Unit>>? MeasureClock { get; set; }

    internal void Submit(OutgoingFrame frame)
    {
        frame.AliasId = player;
        if (closed is not null)
        {
            End(frame, SendOutcome.Refused, closed);
            return;
        }

        if (frame.NeedsPlayer && player is null)
        {
            End(frame, SendOutcome.Refused, $"{frame.Req} needs a player, and none is known: call Players.IdentifyAsync first.");
            return;
        }

        if (outbox.IsFull)
        {
            if (settings.Outbox.Overflow == OutboxOverflow.Refuse)
            {
                End(frame, SendOutcome.Refused, $"The outbox is full: {outbox.Count} frames wait already. Send less often, or set TaloClientOptions.Outbox.");
                return;
            }

            End(outbox.TakeFirst(), SendOutcome.Refused, "It waited longest when the outbox was full (OutboxOverflow.DropOldest).");
        }

        if (frame.ExpiresAfter is { } patience) frame.ExpiresAt = turns.Now + patience;
        outbox.Add(frame);
        AwaitExpiry(frame);
        Pump();
    }

    /// <summary>The game gave its wait up. A frame whose write has begun goes on.</summary>
    internal void Cancel(OutgoingFrame frame)
    {
        if (outbox.Remove(frame)) frame.SetTimer(null);
    }

    /// <summary>An identify request or a heartbeat.</summary>
    internal void SubmitUrgent(SendLane target, OutgoingFrame frame)
    {
        target.Urgent.Enqueue(frame);
        Pump();
    }

    /// <summary>From now on the game plays as somebody, or as nobody: what was to be sent as another is refused.</summary>
    internal void SetPlayer(int? aliasId)
    {
        if (player == aliasId) return;
        player = aliasId;
        foreach (var frame in outbox.TakeWhere(x => x.AliasId is { } bound && bound != aliasId))
            End(frame, SendOutcome.Refused, "The identity changed before it could be sent; it is not sent as somebody else.");
    }

    /// <summary>Nothing will be sent until the game opens: what waits is refused, and so is what comes.</summary>
    internal void Shut(string why)
    {
        closed = why;
        foreach (var frame in outbox.TakeWhere(static _ => true)) End(frame, SendOutcome.Refused, why);
    }

    internal void Reopen() => closed = null;

    /// <summary>The link is ready for frames.</summary>
    internal void Attach(SendLane ready)
    {
        lane = ready;
        Pump();
    }

    /// <summary>The link has ended: what was on its way ends as unknown, what waits goes on waiting.</summary>
    internal void Detach(SendLane ended)
    {
        if (lane == ended)
        {
            lane = null;
            wake.Disposable = Disposable.Empty;
        }

        if (ended.Writing is { } writing)
        {
            // How the write ended is still to be heard: only it knows whether anything of the frame went out.
            orphan = writing;
            if (writing.InFlight is { } handle) ended.InFlight.Withdraw(handle);
            writing.InFlight = null;
            // Not the frame's own timer: that one ends with its delivery, and nothing may be sent while this is open.
            orphanBound.Disposable = turns.After(settings.Timeouts.Close, () => Failed(ended, writing, null));
        }

        foreach (var frame in ended.InFlight.DrainAll()) Settle(frame, new Delivery(DeliveryOutcome.Unknown, null));
    }

    /// <summary>An echo, or somebody else's message.</summary>
    internal void Echoed(SendLane from, ChannelMessage message)
    {
        if (from.InFlight.TryEcho(message.PlayerAlias.Id, message.Channel.Id, message.Message, out var frame))
            Settle(frame, new Delivery(DeliveryOutcome.Delivered, null));
        Eliminate(from);
    }

    internal void Refused(SendLane from, TaloSocketError error)
    {
        if (error.Code == TaloSocketErrorCode.RateLimitExceeded)
        {
            from.SilenceUntil(turns.Now + settings.Pacing.SilenceFor);
            return;
        }

        if (error.Req != Wire.Requests.ChannelMessage)
        {
            // Which frame it was cannot be told, so none goes again; the next ones are signed with the right time.
            if (error.Code == TaloSocketErrorCode.InvalidSignature) Measure();
            return;
        }

        from.InFlight.AddError(error);
        Eliminate(from);
    }

    internal void Pump()
    {
        if (lane is not { Writing: null, IsClosing: false } ready) return;
        while (Next(ready) is { } frame)
        {
            var now = turns.Now;
            var wait = ready.Pace.WaitFor(frame.Class, now);
            if (wait > TimeSpan.Zero)
            {
                wake.Disposable = turns.After(wait, Pump);
                return;
            }

            if (ready.Urgent.Count > 0) ready.Urgent.Dequeue();
            else outbox.TakeFirst();
            if (frame.ExpiresAt <= now)
            {
                End(frame, SendOutcome.Refused, Expired);
                continue;
            }

            Begin(ready, frame, now);
            return;
        }
    }

    private const string Expired = "It expired before it could be sent (SendOptions.ExpiresAfter).";
    private const string LinkEnded = "The link ended while it was being written: the server may or may not have it, so it is not sent again.";

    private OutgoingFrame? Next(SendLane ready)
    {
        if (ready.Urgent.Count > 0) return ready.Urgent.Peek();
        // With a player known, everything waits for the server to know it too: a frame that overtakes the identify request fails.
        // And with a write of the last link not settled, everything waits for that, so that nothing overtakes it.
        return player == ready.IdentifiedAs && orphan is null ? outbox.First : null;
    }

    private void Begin(SendLane on, OutgoingFrame frame, DateTimeOffset now)
    {
        on.Pace.Record(frame.Class, now);
        on.Writing = frame;
        frame.SetTimer(null);
        frame.WriteBegan?.Invoke();
        if (frame.Text is { } text && on.IdentifiedAs is { } alias) Track(on, frame, alias, text, now);
        var isSigned = settings.VerificationKey is not null && on.IdentifiedAs is not null && frame.Req != Wire.Requests.Heartbeat;
        turns.Afterwards(static x => ((FrameWrite)x).Begin(), new FrameWrite(this, on, frame, isSigned));
    }

    private void Track(SendLane on, OutgoingFrame frame, int alias, ChannelText text, DateTimeOffset now)
    {
        on.BeginTracking(alias);
        var entry = on.InFlight.Add(alias, text.ChannelId, text.Message, frame);
        frame.InFlight = entry;
        if (frame.Delivery is null)
        {
            // A timer for each message that nobody follows would cost more than the message.
            on.ExpireUnawaited(now);
            on.Unawaited.Enqueue((entry, now + settings.Timeouts.Delivery));
            return;
        }

        frame.SetTimer(turns.After(settings.Timeouts.Delivery, () =>
        {
            if (on.InFlight.Expire(entry)) Settle(frame, new Delivery(DeliveryOutcome.Unknown, null));
        }));
    }

    /// <summary>The bytes that go out, signed where they have to be. Outside of turns.</summary>
    private ReadOnlyMemory<byte> Bytes(OutgoingFrame frame, bool isSigned)
    {
        var bytes = isSigned ? SignedFrame.Of(frame.Payload, settings.VerificationKey!, clock) : frame.Payload;
        traffic.FrameOut(bytes);
        return bytes;
    }

    private void Written(SendLane on, OutgoingFrame frame)
    {
        if (on.Writing != frame) return;
        on.Writing = null;
        if (frame.Call is { } call) Succeed(call);
        if (orphan == frame)
        {
            orphan = null;
            Settle(frame, new Delivery(DeliveryOutcome.Unknown, null));
        }

        Pump();
    }

    /// <summary>A write that ends inside of the game's own call needs no other thread to say so.</summary>
    private void Succeed(PendingCall<bool> call)
    {
        if (call.IsBeingMade) call.Succeed(true);
        else turns.Complete(() => call.Succeed(true));
    }

    /// <summary>The link is dying; its end follows and brings the state. The frame's fate is known now.</summary>
    private void Failed(SendLane on, OutgoingFrame frame, Exception? error)
    {
        if (on.Writing != frame) return;
        on.Writing = null;
        if (orphan == frame) orphan = null;
        if (lane == on) lane = null;
        // What its game was told to be unknown is not sent any more.
        if (error is LinkEndedException && frame.Class is FrameClass.Game && frame.Delivery is not { IsOver: true }) PutBack(on, frame);
        else End(frame, SendOutcome.Unknown, LinkEnded);
        turns.Afterwards(on.Socket.Abort);
        Pump();
    }

    /// <summary>The link was gone before the write began: the frame waits for the next one, in its old place.</summary>
    private void PutBack(SendLane on, OutgoingFrame frame)
    {
        if (frame.InFlight is { } handle) on.InFlight.Withdraw(handle);
        frame.InFlight = null;
        Requeue(frame);
        Pump();
    }

    /// <summary>To the front of those that wait.</summary>
    private void Requeue(OutgoingFrame frame)
    {
        if (closed is not null || (frame.AliasId is { } bound && bound != player))
        {
            End(frame, SendOutcome.Refused, closed ?? "The identity changed before it could be sent; it is not sent as somebody else.");
            return;
        }

        outbox.AddFirst(frame);
        AwaitExpiry(frame);
    }

    private void AwaitExpiry(OutgoingFrame frame)
    {
        if (frame.ExpiresAt is { } expiry) frame.SetTimer(turns.After(Positive(expiry - turns.Now), () => Withdraw(frame, Expired)));
    }

    private void Eliminate(SendLane on)
    {
        var any = on.InFlight.TryEliminate(out var rejected);
        on.EndTracking();
        if (!any) return;
        foreach (var (frame, error) in rejected)
        {
            if (error.Code == TaloSocketErrorCode.InvalidSignature && !frame.IsSignedAgain && MeasureClock is not null) SignAgain(frame);
            else Settle(frame, new Delivery(DeliveryOutcome.Rejected, error));
        }
    }

    /// <summary>The server certainly did not take it, and the likely reason is this machine's clock.</summary>
    private void SignAgain(OutgoingFrame frame)
    {
        frame.IsSignedAgain = true;
        frame.SetTimer(null);
        signAgain.Add(frame);
        Measure();
    }

    /// <summary>One call at a time, however many frames were refused.</summary>
    private void Measure()
    {
        if (isMeasuring || MeasureClock is not { } measure) return;
        isMeasuring = true;
        turns.Afterwards(() => measure().Subscribe(static _ => { }, _ => turns.Take(Measured), () => turns.Take(Measured)));
    }

    private void Measured()
    {
        isMeasuring = false;
        var frames = signAgain.ToArray();
        signAgain.Clear();
        // To the front one by one, so the last first: they keep their order.
        for (var i = frames.Length - 1; i >= 0; i--) Requeue(frames[i]);
        Pump();
    }

    private void Withdraw(OutgoingFrame frame, string why)
    {
        if (outbox.Remove(frame)) End(frame, SendOutcome.Refused, why);
    }

    private void Settle(OutgoingFrame frame, Delivery delivery)
    {
        frame.SetTimer(null);
        if (frame.Delivery is { } waiting) turns.Complete(() => waiting.Succeed(delivery));
    }

    private void End(OutgoingFrame frame, SendOutcome outcome, string why)
    {
        frame.SetTimer(null);
        var error = new TaloSendException(outcome, $"{frame.Req} was {(outcome == SendOutcome.Unknown ? "perhaps not" : "not")} sent. {why}");
        if (frame.Call is { } call) turns.Complete(() => call.Fail(error));
        if (frame.Delivery is { } delivery)
        {
            if (outcome == SendOutcome.Unknown) turns.Complete(() => delivery.Succeed(new Delivery(DeliveryOutcome.Unknown, null)));
            else turns.Complete(() => delivery.Fail(error));
        }

        if (frame is { Call: null, Delivery: null, Class: FrameClass.Game })
            turns.Afterwards(() => faults.Report(TaloFaultKind.SendFailed, error.Message, frame.Req, error));
    }

    /// <summary>One write of one frame: begun as an effect, outside of turns, ended on any thread.</summary>
    private sealed class FrameWrite(Sender sender, SendLane on, OutgoingFrame frame, bool isSigned) : IObserver<System.Reactive.Unit>
    {
        internal void Begin()
        {
            try
            {
                on.Socket.Send(sender.Bytes(frame, isSigned)).Subscribe(this);
            }
            catch (Exception error)
            {
                // A transport that throws instead of answering with an error.
                OnError(error);
            }
        }

        public void OnNext(System.Reactive.Unit value)
        {
        }

        public void OnCompleted() => sender.turns.Take(this, static x => x.Written());

        public void OnError(Exception error) => sender.turns.Take(() => sender.Failed(on, frame, error));

        private void Written() => sender.Written(on, frame);
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
