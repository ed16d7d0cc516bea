using System;
using System.Reactive.Disposables;
using System.Threading;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Outbound;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Connection;

/// <summary>
/// The heartbeat of one link: goes out at an interval, and any frame that comes in answers it. The time for the answer runs
/// only while the client reads, and not at all while nothing may be sent. Used inside turns.
/// </summary>
internal sealed class LinkPulse
{
    private static readonly byte[] Text = Heartbeat.Text.ToArray();

    private readonly HeartbeatOptions options;
    private readonly Turns turns;
    private readonly Sender sender;
    private readonly LiveLink link;
    private readonly Action died;
    private readonly SerialDisposable beat = new();
    private readonly SerialDisposable check = new();
    private long heardAtBeat = -1;
    private long noted;
    private DateTimeOffset lookedAt;
    private bool awaiting;
    private DateTimeOffset readingSince;

    internal LinkPulse(HeartbeatOptions options, Turns turns, Sender sender, LiveLink link, Action died)
    {
        this.options = options;
        this.turns = turns;
        this.sender = sender;
        this.link = link;
        this.died = died;
    }

    internal void Start()
    {
        link.Timers.Add(beat);
        link.Timers.Add(check);
        noted = link.Heard;
        link.HeardUntil = lookedAt = turns.Now;
        beat.Disposable = turns.After(options.Interval, Beat);
    }

    /// <summary>An observer has let the reader go on: the time for an answer starts anew.</summary>
    internal void ReadingAgain() => readingSince = turns.Now;

    /// <summary>Whether an answer is due, so that it matters when the reader goes on. Asked by the reader, outside of turns.</summary>
    internal bool IsAwaiting => Volatile.Read(ref awaiting) && link.Heard == Interlocked.Read(ref heardAtBeat);

    private void Beat()
    {
        if (link.Closing is not null) return;
        beat.Disposable = turns.After(options.Interval, Beat);
        NoteHeard();
        // Answered already, where the interval is shorter than the time for the answer.
        if (link.Heard > heardAtBeat) awaiting = false;
        if (!options.Enabled || awaiting || link.Lane.SilentUntil > turns.Now) return;
        if (link.Lane.Pace.WaitFor(FrameClass.Reserved, turns.Now) > TimeSpan.Zero) return;

        Interlocked.Exchange(ref heardAtBeat, link.Heard);
        Volatile.Write(ref awaiting, true);
        readingSince = turns.Now;
        sender.SubmitUrgent(link.Lane, new OutgoingFrame(Requests.Heartbeat, Text, FrameClass.Reserved));
        check.Disposable = turns.After(options.Timeout, Check);
    }

    private void Check()
    {
        if (link.Heard > heardAtBeat)
        {
            awaiting = false;
            NoteHeard();
            return;
        }

        // A frame before the heartbeat still keeps its observer busy: nothing was read since, so nothing is known.
        if (link.IsDelivering)
        {
            readingSince = turns.Now;
            check.Disposable = turns.After(options.Timeout, Check);
            return;
        }

        var left = readingSince + options.Timeout - turns.Now;
        if (link.Lane.SilentUntil is { } silentUntil && silentUntil > turns.Now) left = silentUntil + options.Timeout - turns.Now;
        if (left > TimeSpan.Zero) check.Disposable = turns.After(left, Check);
        else died();
    }

    /// <summary>
    /// Frames carry no time of their own (a clock read for each would cost more than the frame): one that was not here at the
    /// last look came after it.
    /// </summary>
    internal void NoteHeard()
    {
        var heard = link.Heard;
        if (heard != noted) link.HeardUntil = lookedAt;
        noted = heard;
        lookedAt = turns.Now;
    }
}
