using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Text;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Testing;

/// <summary>A link whose far end is a test: the test reads what the client wrote, and says what arrives and how it ends.</summary>
/// <remarks>
/// What the test does takes effect at once (<see cref="Receive(string)"/>, <see cref="CloseByPeer"/>, <see cref="Lose"/>); the
/// answers to what the client does (a write, a close, an abort) come through the scheduler, at the next tick unless a time
/// is set. Strict about the rules of <see cref="ILink"/>: a second observer of the frames, a second write while one is
/// under way, memory that changes under a write, and an impossible close code throw; received memory is
/// overwritten when OnNext returns. Single-threaded, as the scheduler is.
/// </remarks>
public sealed class ScriptedLink : ILink
{
    private readonly ScriptClock _clock;
    private readonly LinkInbox _inbox;
    private readonly LinkWriter _writer;
    private readonly int _maxFrameBytes;
    private Action? _closeWaiting;
    private bool _closing;

    /// <summary>Makes an open link of its own, for a test that needs no dial.</summary>
    /// <param name="scheduler">Drives and stamps everything.</param>
    /// <param name="maxFrameBytes">The largest frame that may arrive, in bytes.</param>
    public ScriptedLink(IScheduler scheduler, int maxFrameBytes = int.MaxValue)
        : this(new ScriptClock(scheduler), maxFrameBytes)
    {
    }

    internal ScriptedLink(ScriptClock clock, int maxFrameBytes)
    {
        _clock = clock;
        _maxFrameBytes = maxFrameBytes;
        _inbox = new LinkInbox(clock);
        _writer = new LinkWriter(clock, cause => Lose(cause));
        Written = _writer.Written.AsObservable();
    }

    /// <inheritdoc/>
    public IObservable<ReadOnlyMemory<byte>> Frames => _inbox;

    /// <inheritdoc/>
    public LinkClosure? Closure { get; private set; }

    /// <summary>Whether neither side has ended the link.</summary>
    public bool IsOpen => Closure is null;

    /// <summary>The frames that the peer has, in order.</summary>
    public IReadOnlyList<SentFrame> Sent => _writer.Sent;

    /// <summary>The text of each frame that the peer has, in order.</summary>
    public IEnumerable<string> SentTexts => Sent.Select(static frame => frame.Text);

    /// <summary>Each frame as the peer gets it. Hot; completes when the link ends.</summary>
    public IObservable<SentFrame> Written { get; }

    /// <summary>The text whose write has begun and which the peer does not have yet; null when there is none.</summary>
    public string? Writing => _writer.UnderWay;

    /// <summary>How long a write takes. The default is zero: the peer has the frame at once and the write ends with the next tick.</summary>
    public TimeSpan WriteTime
    {
        get => _writer.Time;
        set => _writer.Time = value;
    }

    /// <summary>How long the peer takes to answer a close. The default is zero: the next tick.</summary>
    public TimeSpan CloseTime { get; set; }

    /// <summary>The close frame that the client wrote, or null.</summary>
    public SentClose? ClosedWith { get; private set; }

    /// <summary>The clock of the scheduler when the client first aborted the link, or null.</summary>
    public DateTimeOffset? AbortedAt { get; private set; }

    /// <summary>Whether the peer leaves the client's close unanswered.</summary>
    public bool IgnoresClose { get; private set; }

    /// <summary>A frame arrives. It is delivered now; if nobody is subscribed to the frames yet, as soon as somebody is.</summary>
    /// <param name="frame">The text.</param>
    /// <returns>False, and nothing happens, when the link has ended.</returns>
    public bool Receive(string frame) => Receive(ScriptJson.Utf8(frame ?? throw new ArgumentNullException(nameof(frame))));

    /// <summary>A frame of any bytes arrives, for what is not UTF-8. See <see cref="Receive(string)"/>.</summary>
    /// <param name="frame">The bytes; copied.</param>
    /// <returns>False, and nothing happens, when the link has ended.</returns>
    public bool Receive(ReadOnlySpan<byte> frame)
    {
        if (!IsOpen) return false;
        if (frame.Length > _maxFrameBytes) End(new LinkClosure(LinkEnd.ClosedHere, 1009, "The frame is larger than the limit."));
        else _inbox.Deliver(frame.ToArray());
        return true;
    }

    /// <summary>A message arrives: <c>{"res":…,"data":…}</c>.</summary>
    /// <param name="res">The name of the message, <c>v1.connected</c> for one.</param>
    /// <param name="data">Anything that Newtonsoft.Json writes as an object, anonymous types included; null for <c>{}</c>.</param>
    /// <returns>False, and nothing happens, when the link has ended.</returns>
    public bool ReceiveMessage(string res, object? data = null) => Receive(ScriptJson.Envelope(res, data ?? new { }));

    /// <summary>The peer closes: the client sees the code and the reason after everything that arrived before.</summary>
    public void CloseByPeer(int code = 1000, string reason = "") => End(new LinkClosure(LinkEnd.ClosedByPeer, code, reason));

    /// <summary>The network fails: no close frame, 1006, and a write that is under way errors.</summary>
    /// <param name="cause">The failure under it, or null.</param>
    public void Lose(Exception? cause = null) =>
        End(new LinkClosure(LinkEnd.Lost, LinkClosure.AbnormalClosure, string.Empty, cause));

    /// <summary>From now on the peer takes no frames: the write under way and the next one stay unfinished.</summary>
    public void HoldWrites() => _writer.Hold();

    /// <summary>The peer takes frames again, the held one first.</summary>
    public void ReleaseWrites() => _writer.Release();

    /// <summary>The next write errors, and the link is lost under it.</summary>
    /// <param name="failure">The error; an <see cref="IOException"/> by default.</param>
    /// <param name="delivered">Whether the peer has the frame all the same, which the client can't know.</param>
    public void FailNextWrite(Exception? failure = null, bool delivered = false) =>
        _writer.FailNext(failure ?? new IOException("The scripted write failed."), delivered);

    /// <summary>From now on the peer leaves the client's close unanswered, until <see cref="AnswerClose"/>.</summary>
    public void IgnoreClose() => IgnoresClose = true;

    /// <summary>The peer answers the client's close now.</summary>
    /// <exception cref="InvalidOperationException">The client has not closed the link.</exception>
    public void AnswerClose()
    {
        if (ClosedWith is not { } close) throw new InvalidOperationException("The client has not closed this link.");
        End(new LinkClosure(LinkEnd.ClosedHere, close.Code, close.Reason));
    }

    /// <inheritdoc/>
    public IObservable<Unit> Send(ReadOnlyMemory<byte> frame)
    {
        var begun = false;
        return new SubscribeObservable<Unit>(observer =>
        {
            if (begun) throw new InvalidOperationException("A write is subscribed to once, and this is the second time.");
            begun = true;
            return _writer.Begin(frame, observer);
        });
    }

    /// <inheritdoc/>
    public IObservable<Unit> Close(int code, string reason)
    {
        if (code != 1000 && code is < 3000 or > 4999)
            throw new ArgumentOutOfRangeException(nameof(code), code, "A client closes with 1000, or 3000 to 4999.");
        if (Encoding.UTF8.GetByteCount(reason) > 123)
            throw new ArgumentException("A close reason has at most 123 bytes of UTF-8.", nameof(reason));
        return new SubscribeObservable<Unit>(observer => BeginClose(code, reason, observer));
    }

    /// <inheritdoc/>
    public void Abort()
    {
        AbortedAt ??= _clock.Now;
        _inbox.Drop();
        if (!IsOpen) return;
        Closure = new LinkClosure(LinkEnd.Aborted, LinkClosure.AbnormalClosure, string.Empty);
        _writer.Break("The link was aborted.", soon: true);
        _clock.Soon(EndCloseWait);
    }

    private BooleanDisposable BeginClose(int code, string reason, IObserver<Unit> observer)
    {
        var listening = new BooleanDisposable();
        void Complete()
        {
            if (listening.IsDisposed) return;
            observer.OnNext(Unit.Default);
            observer.OnCompleted();
        }

        if (!IsOpen || _closing)
        {
            _clock.Soon(Complete);
            return listening;
        }

        _closing = true;
        _closeWaiting = Complete;
        _writer.Finish(() =>
        {
            ClosedWith = new SentClose(code, reason, _clock.Now, _clock.Elapsed);
            _clock.Soon(EndCloseWait);
            if (!IgnoresClose) _clock.After(CloseTime, AnswerClose);
        });
        return listening;
    }

    private void End(LinkClosure closure)
    {
        if (!IsOpen) return;
        Closure = closure;
        _writer.Break("The link ended under the write.", soon: false);
        EndCloseWait();
        _inbox.End();
    }

    private void EndCloseWait()
    {
        var waiting = _closeWaiting;
        _closeWaiting = null;
        waiting?.Invoke();
    }
}
