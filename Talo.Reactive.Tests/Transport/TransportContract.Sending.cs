using System;
using System.Linq;
using System.Reactive;
using System.Reactive.Linq;
using System.Text;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Transport;

public abstract partial class TransportContract
{
    // More than the two kernels' buffers hold, so that it cannot be written while the peer does not read.
    private const int Unwritable = 32 * 1024 * 1024;

    [TestCase(0)]
    [TestCase(125)]
    [TestCase(126)]
    [TestCase(65_535)]
    [TestCase(65_536)]
    [TestCase(1_000_000)]
    public async Task Send_IsOneMaskedTextFrame(int size)
    {
        using var open = await OpenAsync();
        var payload = Enumerable.Range(0, size).Select(static i => (byte)('a' + (i % 26))).ToArray();
        var send = open.Link.Send(payload).EndAsync();
        var frame = await ReadMessageAsync(open.Peer);

        Assert.That((frame.Opcode, frame.IsMasked), Is.EqualTo((RawFrame.Text, true)));
        Assert.That(frame.Payload.AsSpan().SequenceEqual(payload), Is.True);
        Assert.That((await send).Error, Is.Null);
    }

    [Test]
    public async Task SendWithoutSubscription_WritesNothing()
    {
        using var open = await OpenAsync();
        _ = open.Link.Send("never"u8.ToArray());
        _ = open.Link.Close(1000, "never");
        await open.Link.Send("first"u8.ToArray()).EndAsync();

        Assert.That((await open.Peer.ReadFrameAsync()).PayloadText, Is.EqualTo("first"));
    }

    [Test]
    public async Task ManySends_KeepTheirOrder()
    {
        using var open = await OpenAsync();
        var sends = Enumerable.Range(0, 1_000).Select(i => open.Link.Send(Encoding.UTF8.GetBytes($"frame {i}"))).Concat().EndAsync();
        for (var i = 0; i < 1_000; i++) Assert.That((await open.Peer.ReadFrameAsync()).PayloadText, Is.EqualTo($"frame {i}"));

        Assert.That((await sends).Error, Is.Null);
    }

    [Test]
    public async Task SendFromInsideOnNext_Works()
    {
        using var open = await OpenAsync();
        _ = FrameProbe.On(open.Link, (_, text) => open.Link.Send(Encoding.UTF8.GetBytes($"echo of {text}")).Subscribe());
        await open.Peer.WriteAsync(RawFrame.OfText("one"));

        Assert.That((await open.Peer.ReadFrameAsync()).PayloadText, Is.EqualTo("echo of one"));
    }

    [Test]
    public async Task SendAfterTheEnd_SaysThatNothingWasWritten()
    {
        using var open = await OpenAsync();
        open.Link.Abort();

        Assert.That((await open.Link.Send("late"u8.ToArray()).EndAsync()).Error, Is.TypeOf<LinkEndedException>());
    }

    [Test]
    public async Task AbortUnderAStalledWrite_EndsTheWriteAndTheLink()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        var send = open.Link.Send(Letters(Unwritable)).EndAsync();
        open.Link.Abort();

        await AssertEndOfCutWrite(send);
        Assert.That((await probe.ClosureAsync()).End, Is.EqualTo(LinkEnd.Aborted));
    }

    [Test]
    public async Task ResetUnderAStalledWrite_EndsTheWriteAndTheLink()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        var send = open.Link.Send(Letters(Unwritable)).EndAsync();
        open.Peer.Reset();

        await AssertEndOfCutWrite(send);
        Assert.That((await probe.ClosureAsync()).End, Is.EqualTo(LinkEnd.Lost));
    }

    [Test]
    public async Task CloseUnderAStalledWrite_EndsWithTheAbort()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        var send = open.Link.Send(Letters(Unwritable)).EndAsync();
        var close = open.Link.Close(1000, "bye").EndAsync();
        open.Link.Abort();

        await AssertEndOfCutWrite(send);
        Assert.That((await close).Error, Is.Null);
        await probe.ClosureAsync();
    }

    [Test]
    public async Task CloseWhileAWriteIsUnderWay_LetsItFinish()
    {
        using var open = await OpenAsync();
        _ = FrameProbe.On(open.Link);
        var send = open.Link.Send(Letters(Unwritable)).EndAsync();
        var close = open.Link.Close(1000, "after that").EndAsync();

        Assert.That((await ReadMessageAsync(open.Peer)).Payload, Has.Length.EqualTo(Unwritable));
        var last = await open.Peer.ReadFrameAsync();
        Assert.That((last.Opcode, last.CloseCode, last.CloseReason), Is.EqualTo((RawFrame.Close, 1000, "after that")));
        Assert.That((await send).Error, Is.Null);
        Assert.That((await close).Error, Is.Null);
    }

    [Test]
    public async Task PeerClosesWhileItTakesNoBytes_TheStalledWriteEndsToo()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        var send = open.Link.Send(Letters(32 * 1024 * 1024)).EndAsync();
        var close = open.Link.Close(1000, "").EndAsync();
        await open.Peer.WriteAsync(RawFrame.OfClose(1008));

        Assert.That((await probe.ClosureAsync()).Code, Is.EqualTo(1008));
        Assert.That((await send).Error, Is.Not.Null);
        Assert.That((await close).Error, Is.Null);
    }

    /// <summary>A write that was cut off errors. An engine that sends from a queue has taken it long before, and says so here.</summary>
    private protected virtual async Task AssertEndOfCutWrite(Task<Ending<Unit>> send) =>
        Assert.That((await send).Error, Is.Not.Null);

    private static async Task<RawFrame> ReadMessageAsync(RawConnection peer)
    {
        var frame = await peer.ReadFrameAsync();
        while (!frame.IsFinal)
        {
            var next = await peer.ReadFrameAsync();
            frame = frame with { Payload = [.. frame.Payload, .. next.Payload], IsFinal = next.IsFinal };
        }

        return frame;
    }
}
