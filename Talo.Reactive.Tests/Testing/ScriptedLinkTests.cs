using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reactive;
using System.Reactive.Linq;
using System.Text;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive.Testing;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Testing;

public sealed class ScriptedLinkTests
{
    private TestScheduler _scheduler = null!;
    private ScriptedLink _link = null!;

    [SetUp]
    public void Open()
    {
        _scheduler = new TestScheduler().StartAt(DateTimeOffset.UnixEpoch);
        _link = new ScriptedLink(_scheduler, maxFrameBytes: 1000);
    }

    [Test]
    public void FrameWithAnObserver_IsDeliveredAtOnce()
    {
        using var seen = Watch();
        Assert.That(_link.Receive("one"), Is.True);
        Assert.That(seen.Log, Is.EqualTo(new[] { "one" }));
    }

    [Test]
    public void FramesWithoutAnObserver_WaitForItAndKeepTheirOrder()
    {
        _link.Receive("one");
        _link.Receive("two");
        using var seen = Watch();
        Assert.That(seen.Log, Is.Empty, "nothing is read inside the subscription");
        _link.Receive("three");
        Advance();
        Assert.That(seen.Log, Is.EqualTo(new[] { "one", "two", "three" }));
    }

    [Test]
    public void EndWithoutAnObserver_ComesAfterTheFramesBeforeIt()
    {
        _link.Receive("one");
        _link.CloseByPeer(3000, "bye");
        using var seen = Watch();
        Advance();
        Assert.That(seen.Log, Is.EqualTo(new[] { "one", "| 3000 bye (ClosedByPeer)" }));
    }

    [Test]
    public void FrameInsideOnNext_ComesAfterIt()
    {
        var log = new List<string>();
        using var subscription = _link.Frames.Subscribe(frame =>
        {
            var text = Encoding.UTF8.GetString(frame.Span);
            log.Add($"<{text}");
            if (text == "one") _link.Receive("two");
            log.Add($"{text}>");
        });
        _link.Receive("one");
        Assert.That(log, Is.EqualTo(new[] { "<one", "one>", "<two", "two>" }));
    }

    [Test]
    public void MemoryKeptBeyondOnNext_IsSeenToBeBroken()
    {
        ReadOnlyMemory<byte> kept = default;
        using var subscription = _link.Frames.Subscribe(frame => kept = frame);
        _link.Receive("one");
        Assert.That(kept.ToArray(), Is.EqualTo(new byte[] { 0xFF, 0xFF, 0xFF }));
    }

    [Test]
    public void ObserverThatThrows_ReachesTheTestAndTheLinkGoesOn()
    {
        var seen = 0;
        using var subscription = _link.Frames.Subscribe(_ =>
        {
            if (++seen == 1) throw new InvalidOperationException("boom");
        });
        Assert.Throws<InvalidOperationException>(() => _link.Receive("one"));
        _link.Receive("two");
        Assert.That(seen, Is.EqualTo(2));
    }

    [Test]
    public void SecondObserver_IsRefused()
    {
        using var first = _link.Frames.Subscribe();
        Assert.Throws<InvalidOperationException>(() => _link.Frames.Subscribe(Observer.Create<ReadOnlyMemory<byte>>(_ => { })));
    }

    [Test]
    public void DisposedObserver_DoesNotEndTheLink()
    {
        var seen = Watch();
        seen.Dispose();
        _link.Receive("one");
        Assert.That(seen.Log, Is.Empty);
        Assert.That(_link.IsOpen, Is.True);
    }

    [Test]
    public void Message_IsAnEnvelope()
    {
        using var seen = Watch();
        _link.ReceiveMessage("v1.connected");
        _link.ReceiveMessage("v1.error", new { req = "unknown", at = "2026-03-02T18:20:11.000Z" });
        Assert.That(seen.Log, Is.EqualTo(new[]
        {
            """{"res":"v1.connected","data":{}}""",
            """{"res":"v1.error","data":{"req":"unknown","at":"2026-03-02T18:20:11.000Z"}}""",
        }));
    }

    [Test]
    public void BytesThatAreNoText_CanArrive()
    {
        var seen = Array.Empty<byte>();
        using var subscription = _link.Frames.Subscribe(frame => seen = frame.ToArray());
        _link.Receive(new byte[] { 0xC3, 0x28 });
        Assert.That(seen, Is.EqualTo(new byte[] { 0xC3, 0x28 }));
    }

    [Test]
    public void FrameOverTheLimit_EndsTheLinkWith1009()
    {
        using var seen = Watch();
        _link.Receive(new string('x', 1000));
        _link.Receive(new string('x', 1001));
        Assert.That(seen.Log, Has.Count.EqualTo(2));
        Assert.That(seen.Log[0], Has.Length.EqualTo(1000));
        Assert.That(_link.Closure!.Code, Is.EqualTo(1009));
    }

    [Test]
    public void Loss_Is1006WithItsCauseAndCompletesTheFrames()
    {
        using var seen = Watch();
        var cause = new IOException("gone");
        _link.Lose(cause);
        Assert.That(seen.Log, Is.EqualTo(new[] { "| 1006 (Lost)" }));
        Assert.That(_link.Closure!.Cause, Is.SameAs(cause));
        Assert.That(_link.Receive("late"), Is.False);
        _link.CloseByPeer();
        Assert.That(_link.Closure.End, Is.EqualTo(LinkEnd.Lost), "the first end counts");
        Assert.That(seen.Log, Has.Count.EqualTo(1));
    }

    [Test]
    public void Abort_CompletesTheFramesWithTheNextTickAndOnce()
    {
        using var seen = Watch();
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(5));
        _link.Abort();
        _link.Abort();
        Assert.That(_link.Closure!.End, Is.EqualTo(LinkEnd.Aborted));
        Assert.That(seen.Log, Is.Empty, "an abort never calls back");
        Advance();
        _link.Abort();
        Advance();
        Assert.That(seen.Log, Is.EqualTo(new[] { "| 1006 (Aborted)" }));
        Assert.That(_link.AbortedAt, Is.EqualTo(DateTimeOffset.UnixEpoch.AddSeconds(5)));
    }

    [Test]
    public void AbortInsideOnNext_DropsWhatHasArrivedSince()
    {
        var log = new List<string>();
        using var subscription = _link.Frames.Subscribe(
            frame =>
            {
                log.Add(Encoding.UTF8.GetString(frame.Span));
                _link.Receive("two");
                _link.Abort();
            },
            () => log.Add("|"));
        _link.Receive("one");
        Advance();
        Assert.That(log, Is.EqualTo(new[] { "one", "|" }));
    }

    [Test]
    public void AbortAfterTheEnd_DropsFramesThatNobodyHasRead()
    {
        _link.Receive("one");
        _link.Lose();
        _link.Abort();
        using var seen = Watch();
        Advance();
        Assert.That(seen.Log, Is.EqualTo(new[] { "| 1006 (Lost)" }));
    }

    [Test]
    public void Write_IsSeenByThePeerAtOnceAndEndsWithTheNextTick()
    {
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(3));
        var log = Write("sig\n{\"req\":\"v1.x\",\"data\":{\"n\":1}}");
        var sent = _link.Sent.Single();
        Assert.That(sent.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(3)));
        Assert.That(sent.At, Is.EqualTo(DateTimeOffset.UnixEpoch.AddSeconds(3)));
        Assert.That((sent.Signature, sent.Req, (int?)sent.Data["n"]), Is.EqualTo(("sig", "v1.x", (int?)1)));
        Assert.That(log, Is.Empty);
        Advance();
        Assert.That(log, Is.EqualTo(new[] { "done" }));
    }

    [Test]
    public void FrameThatIsNoEnvelope_HasNoReqAndNoData([Values("v1.heartbeat", "[1]", "{\"req\":3}", "")] string text)
    {
        Write(text);
        Assert.That(_link.Sent.Single().Req, Is.Null);
        Assert.That(_link.Sent.Single().Data, Is.Empty);
        Assert.That(_link.Sent.Single().IsHeartbeat, Is.EqualTo(text == "v1.heartbeat"));
    }

    [Test]
    public void SlowWrite_ReachesThePeerAfterItsTime()
    {
        _link.WriteTime = TimeSpan.FromSeconds(2);
        var log = Write("slow");
        Assert.That(_link.Writing, Is.EqualTo("slow"));
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(2));
        Assert.That(_link.SentTexts, Is.EqualTo(new[] { "slow" }));
        Advance();
        Assert.That(log, Is.EqualTo(new[] { "done" }));
        Assert.That(_link.Writing, Is.Null);
    }

    [Test]
    public void HeldWrite_WaitsForItsRelease()
    {
        _link.HoldWrites();
        var log = Write("held");
        _scheduler.AdvanceBy(TimeSpan.FromMinutes(1));
        Assert.That((_link.Writing, _link.Sent.Count, log.Count), Is.EqualTo(("held", 0, 0)));
        _link.ReleaseWrites();
        Advance();
        Assert.That(_link.Sent.Single().Elapsed, Is.EqualTo(TimeSpan.FromMinutes(1)));
        Assert.That(log, Is.EqualTo(new[] { "done" }));
    }

    [Test]
    public void LinkThatEndsUnderAWrite_FailsIt([Values] bool aborted)
    {
        _link.HoldWrites();
        var log = Write("held");
        if (aborted) _link.Abort();
        else _link.Lose();
        Assert.That(log.Count, Is.EqualTo(aborted ? 0 : 1), "an abort never calls back");
        Advance();
        Assert.That(log.Single(), Is.EqualTo("IOException"));
        _link.ReleaseWrites();
        Advance();
        Assert.That(_link.Sent, Is.Empty);
    }

    [Test]
    public void LinkThatEndsUnderASlowWrite_KeepsTheFrameFromThePeer()
    {
        _link.WriteTime = TimeSpan.FromSeconds(2);
        var log = Write("slow");
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(1));
        _link.Lose();
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(5));
        Assert.That(_link.Sent, Is.Empty);
        Assert.That(log, Is.EqualTo(new[] { "IOException" }));
    }

    [Test]
    public void LinkThatEndsWhenThePeerHasTheFrame_FailsTheWriteOnce()
    {
        var log = Write("one");
        _link.Lose();
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(1));
        Assert.That(_link.SentTexts, Is.EqualTo(new[] { "one" }));
        Assert.That(log, Is.EqualTo(new[] { "IOException" }));
    }

    [Test]
    public void FailedWrite_LosesTheLinkAndMayHaveArrived([Values] bool delivered)
    {
        using var seen = Watch();
        _link.FailNextWrite(new TimeoutException(), delivered);
        var log = Write("one");
        Advance();
        Assert.That(log, Is.EqualTo(new[] { "TimeoutException" }));
        Assert.That(_link.SentTexts, Is.EqualTo(delivered ? new[] { "one" } : Array.Empty<string>()));
        Assert.That(seen.Log, Is.EqualTo(new[] { "| 1006 (Lost)" }));
    }

    [Test]
    public void WriteAfterTheEnd_SaysThatNothingWasWritten()
    {
        _link.Lose();
        var log = Write("late");
        Advance();
        Assert.That(log, Is.EqualTo(new[] { "LinkEndedException" }));
        Assert.That(_link.Sent, Is.Empty);
    }

    [Test]
    public void BrokenRulesOfWriting_Throw()
    {
        var frame = new byte[] { (byte)'a' };
        var write = _link.Send(frame);
        write.Subscribe(Observer.Create<Unit>(_ => { }));
        Assert.Throws<InvalidOperationException>(() => write.Subscribe(Observer.Create<Unit>(_ => { })), "one write is subscribed to once");
        Assert.Throws<InvalidOperationException>(() => _link.Send(frame).Subscribe(Observer.Create<Unit>(_ => { })), "one write at a time");
        frame[0] = (byte)'b';
        var error = Assert.Throws<InvalidOperationException>(Advance);
        Assert.That(error!.Message, Does.Contain("changed"));
    }

    [Test]
    public void NextWriteFromTheEndOfTheLast_IsLegal()
    {
        _link.Send(ScriptJson.Utf8("one")).Concat(Observable.Defer(() => _link.Send(ScriptJson.Utf8("two")))).Subscribe();
        Advance();
        Advance();
        Assert.That(_link.SentTexts, Is.EqualTo(new[] { "one", "two" }));
    }

    [Test]
    public void DisposedWrite_GoesOutAllTheSame()
    {
        _link.HoldWrites();
        _link.Send(ScriptJson.Utf8("one")).Subscribe().Dispose();
        _link.ReleaseWrites();
        Advance();
        Assert.That(_link.SentTexts, Is.EqualTo(new[] { "one" }));
    }

    [Test]
    public void Close_IsAnsweredAndEndsTheFrames()
    {
        using var seen = Watch();
        _link.CloseTime = TimeSpan.FromSeconds(1);
        var log = Close(1000, "bye");
        Assert.That((_link.ClosedWith!.Code, _link.ClosedWith.Reason, _link.ClosedWith.Elapsed), Is.EqualTo((1000, "bye", TimeSpan.Zero)));
        Advance();
        Assert.That(log, Is.EqualTo(new[] { "done" }), "the close frame is written");
        Assert.That(seen.Log, Is.Empty, "and not answered yet");
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(1));
        Assert.That(seen.Log, Is.EqualTo(new[] { "| 1000 bye (ClosedHere)" }));
    }

    [Test]
    public void CloseUnderAWrite_WaitsForIt()
    {
        _link.HoldWrites();
        var write = Write("one");
        var close = Close(1000, "");
        Advance();
        Assert.That(_link.ClosedWith, Is.Null);
        _link.ReleaseWrites();
        Advance();
        Advance();
        Assert.That(write.Concat(close), Is.EqualTo(new[] { "done", "done" }));
        Assert.That(_link.Closure!.End, Is.EqualTo(LinkEnd.ClosedHere));
    }

    [Test]
    public void IgnoredClose_LeavesTheLinkOpenUntilItIsAnswered()
    {
        _link.IgnoreClose();
        var log = Close(3001, "away");
        _scheduler.AdvanceBy(TimeSpan.FromHours(1));
        Assert.That(log, Is.EqualTo(new[] { "done" }));
        Assert.That(_link.IsOpen, Is.True);
        _link.AnswerClose();
        Assert.That(_link.Closure!.ToString(), Is.EqualTo("3001 away (ClosedHere)"));
    }

    [Test]
    public void LinkThatEndsUnderAClose_CompletesIt([Values] bool aborted)
    {
        _link.HoldWrites();
        Write("one");
        var log = Close(1000, "");
        if (aborted) _link.Abort();
        else _link.Lose();
        Advance();
        Assert.That(log, Is.EqualTo(new[] { "done" }));
        Assert.That(_link.ClosedWith, Is.Null);
    }

    [Test]
    public void CloseAfterTheEnd_Completes()
    {
        _link.Lose();
        var log = Close(1000, "");
        Advance();
        Assert.That(log, Is.EqualTo(new[] { "done" }));
        Assert.That(_link.ClosedWith, Is.Null);
    }

    [Test]
    public void WriteAfterAClose_SaysThatNothingWasWritten()
    {
        _link.IgnoreClose();
        Close(1000, "");
        var log = Write("late");
        Advance();
        Assert.That(log, Is.EqualTo(new[] { "LinkEndedException" }));
    }

    [TestCase(0)]
    [TestCase(1001)]
    [TestCase(1006)]
    [TestCase(2999)]
    [TestCase(5000)]
    public void ImpossibleCloseCode_Throws(int code) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _link.Close(code, ""));

    [Test]
    public void CloseReasonOverTheLimit_Throws()
    {
        Assert.DoesNotThrow(() => _link.Close(1000, new string('x', 123)));
        Assert.Throws<ArgumentException>(() => _link.Close(1000, new string('é', 62)));
    }

    [Test]
    public void PlayedDiagram_DeliversFramesAndTheEnd()
    {
        using var seen = Watch();
        using var play = _link.Play("a-(bc)[10]|", letter => $"frame {letter}");
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(2));
        Assert.That(seen.Log, Is.EqualTo(new[] { "frame a", "frame b", "frame c" }));
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(11));
        Assert.That(seen.Log.Last(), Is.EqualTo("| 1000 (ClosedByPeer)"));
    }

    [Test]
    public void PlayedHash_LosesTheLink()
    {
        using var seen = Watch();
        using var play = _link.Play("a#", ('a', "one"));
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(1));
        Assert.That(seen.Log, Is.EqualTo(new[] { "one", "| 1006 (Lost)" }));
    }

    [Test]
    public void StoppedPlay_DeliversNoMore()
    {
        using var seen = Watch();
        var play = _link.Play("a-a-a-", ('a', "one"));
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(2));
        play.Dispose();
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(10));
        Assert.That(seen.Log, Has.Count.EqualTo(2));
    }

    private void Advance() => _scheduler.AdvanceBy(1);

    private List<string> Write(string text) => Run(_link.Send(ScriptJson.Utf8(text)));

    private List<string> Close(int code, string reason) => Run(_link.Close(code, reason));

    private static List<string> Run(IObservable<Unit> effect)
    {
        var log = new List<string>();
        effect.Subscribe(Observer.Create<Unit>(_ => { }, error => log.Add(error.GetType().Name), () => log.Add("done")));
        return log;
    }

    private Watcher Watch() => new(_link);

    private sealed class Watcher : IDisposable
    {
        private readonly IDisposable _subscription;

        internal Watcher(ScriptedLink link) => _subscription = link.Frames.Subscribe(
            frame => Log.Add(Encoding.UTF8.GetString(frame.Span)),
            () => Log.Add($"| {link.Closure}"));

        internal List<string> Log { get; } = new();

        public void Dispose() => _subscription.Dispose();
    }
}
