using System;
using System.Collections.Generic;
using System.Reactive.Disposables;
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

    internal Sender(Settings settings, Turns turns, TrafficStream traffic, IFaultReporter faults, ServerClock clock)
    {
        this.settings = settings;
        this.turns = turns;
        this.traffic = traffic;
        this.faults = faults;
        this.clock = clock;
        outbox = new Outbox(settings.Outbox.Capacity);
        Echoes = new EchoWatch(settings, turns, SendAgain);
    }

    /// <summary>The alias that the game plays as; null while none is known.</summary>
    internal int? Player => player;

    /// <summary>What becomes of channel messages that are written.</summary>
    internal EchoWatch Echoes { get; }

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
        target.Urgent.Add(frame);
        Pump();
    }

    /// <summary>Takes back an urgent frame whose write has not begun.</summary>
    internal static void WithdrawUrgent(SendLane target, OutgoingFrame frame) => target.Urgent.Remove(frame);

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

        Echoes.Forget(ended);
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

            if (ready.Urgent.Count > 0) ready.Urgent.RemoveAt(0);
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
        if (ready.Urgent.Count > 0) return ready.Urgent[0];
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
        if (frame.Identifies is { } named) on.IdentifiedByGame.Add(named);
        if (frame.Text is { } text && on.IdentifiedAs is { } alias) Echoes.Await(on, frame, alias, text, now);
        var isSigned = settings.VerificationKey is not null && on.IdentifiedAs is not null && frame.Req != Wire.Requests.Heartbeat;
        turns.Afterwards(static x => ((FrameWrite)x).Begin(), new FrameWrite(this, on, frame, isSigned));
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
            Echoes.Settle(frame, new Delivery(DeliveryOutcome.Unknown, null));
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

    /// <summary>To the front of those that wait, in their order: the server certainly took none of them.</summary>
    private void SendAgain(IReadOnlyList<OutgoingFrame> frames)
    {
        for (var i = frames.Count - 1; i >= 0; i--) Requeue(frames[i]);
        Pump();
    }

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

    private void Withdraw(OutgoingFrame frame, string why)
    {
        if (outbox.Remove(frame)) End(frame, SendOutcome.Refused, why);
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
