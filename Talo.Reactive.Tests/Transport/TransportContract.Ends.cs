using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Transport;

public abstract partial class TransportContract
{
    private static IEnumerable<TestCaseData> Garbage()
    {
        yield return Case("a reserved opcode", [0x83, 0x01, 0x61]);
        yield return Case("a reserved bit", [0xF1, 0x01, 0x61]);
        yield return Case("a masked frame from a server", [0x81, 0x81, 1, 2, 3, 4, 0x60]);
        yield return Case("a continuation of nothing", [0x80, 0x01, 0x61]);
        yield return Case("a text frame inside a fragmented one", [0x01, 0x01, 0x61, 0x81, 0x01, 0x62]);
        yield return Case("a fragmented ping", [0x09, 0x01, 0x61]);
        yield return Case("a ping of 126 bytes", [0x89, 126, 0, 126, .. new byte[126]]);
        yield return Case("a negative length", [0x81, 127, 0x80, 0, 0, 0, 0, 0, 0, 1]);
        yield return Case("a close frame of one byte", [0x88, 0x01, 0x03]);
        yield return Case("a close frame with 1005", RawFrame.OfClose(1005));
        yield return Case("a close frame with 1100", RawFrame.OfClose(1100));
        yield return Case("HTTP after the handshake", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());

        static TestCaseData Case(string name, byte[] bytes) => new TestCaseData(bytes).SetArgDisplayNames(name);
    }

    [Test]
    public async Task Reset_IsLost()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        open.Peer.Reset();

        AssertClosure(await probe.ClosureAsync(), LinkEnd.Lost, LinkClosure.AbnormalClosure, "");
        Assert.That(open.Link.Closure!.Cause?.ToString() ?? "", Does.Not.Contain(RawPeer.Ticket));
    }

    [Test]
    public async Task HangUpWithoutACloseFrame_IsLost()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(RawFrame.OfText("last words"));
        open.Peer.HangUp();

        Assert.That(await probe.NextTextAsync(), Is.EqualTo("last words"));
        AssertClosure(await probe.ClosureAsync(), LinkEnd.Lost, LinkClosure.AbnormalClosure, "");
    }

    [Test]
    public async Task HangUpInsideAFrame_GivesNoPartOfIt()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(RawFrame.OfText("a whole one"), RawFrame.OfText("half of a frame")[..9]);
        open.Peer.HangUp();

        AssertClosure(await probe.ClosureAsync(), LinkEnd.Lost, LinkClosure.AbnormalClosure, "");
        Assert.That(probe.Count, Is.EqualTo(1));
    }

    [TestCaseSource(nameof(Garbage))]
    public async Task Garbage_EndsTheLinkOnly(byte[] bytes)
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(bytes);
        await open.Peer.ReadToEndAsync();

        AssertClosure(await probe.ClosureAsync(), LinkEnd.Lost, LinkClosure.AbnormalClosure, "");
        Assert.That(probe.Count, Is.Zero);
    }

    [Test]
    public async Task Abort_DropsTheConnectionWithoutACloseFrame()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        open.Link.Abort();

        AssertClosure(await probe.ClosureAsync(), LinkEnd.Aborted, LinkClosure.AbnormalClosure, "");
        Assert.That(await open.Peer.ReadToEndAsync(), Is.Empty);
    }

    [Test]
    public async Task AbortInsideOnNext_GivesNoFurtherFrame()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link, (_, _) => open.Link.Abort());
        await open.Peer.WriteAsync(RawFrame.OfText("one"), RawFrame.OfText("two"), RawFrame.OfText("three"));

        AssertClosure(await probe.ClosureAsync(), LinkEnd.Aborted, LinkClosure.AbnormalClosure, "");
        Assert.That(probe.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task AbortWhileAnObserverIsBusy_DoesNotWaitForIt()
    {
        using var open = await OpenAsync();
        using var busy = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var probe = FrameProbe.On(open.Link, (_, _) =>
        {
            busy.Set();
            release.Wait(Bounded.Limit);
        });
        await open.Peer.WriteAsync(RawFrame.OfText("one"), RawFrame.OfText("two"));
        Assert.That(busy.Wait(Bounded.Limit), Is.True);

        await Task.Run(open.Link.Abort).InTime();
        Assert.That(await open.Peer.ReadToEndAsync(), Is.Empty);
        Assert.That(probe.Completed.IsCompleted, Is.False);
        release.Set();

        AssertClosure(await probe.ClosureAsync(), LinkEnd.Aborted, LinkClosure.AbnormalClosure, "");
        Assert.That(probe.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task AbortBeforeAnybodyObserves_TheFramesCompleteAtOnce()
    {
        using var open = await OpenAsync();
        await open.Peer.WriteAsync(RawFrame.OfText("unseen"));
        open.Link.Abort();
        AssertClosure(open.Link.Closure!, LinkEnd.Aborted, LinkClosure.AbnormalClosure, "");
        var probe = FrameProbe.On(open.Link);

        AssertClosure(await probe.ClosureAsync(), LinkEnd.Aborted, LinkClosure.AbnormalClosure, "");
        Assert.That(probe.Count, Is.Zero);
    }

    [Test]
    public async Task AbortsFromManyThreads_EndTheLinkOnce()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(open.Link.Abort))).InTime();
        open.Link.Abort();

        AssertClosure(await probe.ClosureAsync(), LinkEnd.Aborted, LinkClosure.AbnormalClosure, "");
    }

    [Test]
    public async Task AbortAfterThePeersClose_ChangesNothing()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(RawFrame.OfClose(1008, "RATE_LIMIT_EXCEEDED"));
        await probe.ClosureAsync();
        open.Link.Abort();

        AssertClosure(open.Link.Closure!, LinkEnd.ClosedByPeer, 1008, "RATE_LIMIT_EXCEEDED");
    }

    [Test]
    public async Task ObserverThrows_OnlyItsLinkEnds()
    {
        var fault = new InvalidOperationException("an observer's own fault");
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link, (_, _) => throw fault);
        await open.Peer.WriteAsync(RawFrame.OfText("one"), RawFrame.OfText("two"));
        await open.Peer.ReadToEndAsync();

        AssertClosure(open.Link.Closure!, LinkEnd.Lost, LinkClosure.AbnormalClosure, "");
        Assert.That(open.Link.Closure!.Cause, Is.SameAs(fault));
        Assert.That(probe.Count, Is.EqualTo(1));
    }
}
