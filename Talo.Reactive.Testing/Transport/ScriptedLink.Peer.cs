using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reactive;
using System.Reactive.Disposables;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Testing;

// The half that a test holds: what the peer sees and does.
public sealed partial class ScriptedLink
{
    /// <summary>The address that was dialled; null for a link that was made without a dial.</summary>
    public Uri? Address { get; }

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

    /// <summary>
    /// Plays a marble diagram (see <see cref="Marbles"/>) from now on: a letter is a frame that arrives, <c>|</c> the
    /// peer's close with 1000, <c>#</c> the loss of the link.
    /// </summary>
    /// <param name="diagram">What happens; without <c>^</c>.</param>
    /// <param name="text">The text of the frame that a letter stands for.</param>
    /// <param name="frame">How long a frame of the diagram lasts; one second by default.</param>
    /// <returns>Stops what has not happened yet.</returns>
    public IDisposable Play(string diagram, Func<char, string> text, TimeSpan? frame = null)
    {
        _ = text ?? throw new ArgumentNullException(nameof(text));
        MarbleParser.RefusePast(diagram);
        var time = new MarbleTime(frame);
        return new CompositeDisposable(Marbles.Parse(diagram).Select(marble =>
            _clock.After(TimeSpan.FromTicks(time.TicksOf(marble.Frame)), Happening(marble, text))));
    }

    /// <summary>Plays a marble diagram from now on. See <see cref="Play(string, Func{char, string}, TimeSpan?)"/>.</summary>
    /// <param name="diagram">What happens; without <c>^</c>.</param>
    /// <param name="texts">The text of the frame that each letter stands for.</param>
    /// <returns>Stops what has not happened yet.</returns>
    public IDisposable Play(string diagram, params (char Symbol, string Text)[] texts) =>
        Play(diagram, MarbleValues.Lookup(texts));

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

    private Action Happening(Marble marble, Func<char, string> text)
    {
        if (marble.Kind == NotificationKind.OnCompleted) return () => CloseByPeer();
        if (marble.Kind == NotificationKind.OnError) return () => Lose();
        var frame = text(marble.Symbol);
        return () => Receive(frame);
    }
}
