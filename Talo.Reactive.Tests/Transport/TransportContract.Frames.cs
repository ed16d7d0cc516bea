using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Transport;

public abstract partial class TransportContract
{
    private const string Polyglot = "aé€😀z";

    private static IEnumerable<int> CutsOfPolyglot => Enumerable.Range(0, Encoding.UTF8.GetByteCount(Polyglot) + 1);

    private static readonly int[] Sizes =
        [0, 1, 125, 126, 127, 4095, 4096, 4097, 8192, 16384, 16385, 65535, 65536, MaxFrameBytes - 1, MaxFrameBytes];

    [TestCaseSource(nameof(Sizes))]
    public async Task FrameOfAnySize_ArrivesWhole(int size)
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        var payload = Enumerable.Range(0, size).Select(static i => (byte)('a' + (i % 26))).ToArray();
        await open.Peer.WriteAsync(new RawFrame(RawFrame.Text, payload).Encode(), RawFrame.OfText("next"));

        Assert.That((await probe.NextAsync()).AsSpan().SequenceEqual(payload), Is.True);
        Assert.That(await probe.NextTextAsync(), Is.EqualTo("next"));
        Assert.That(open.Link.Closure, Is.Null);
    }

    [TestCaseSource(nameof(CutsOfPolyglot))]
    public async Task FragmentsCutAnywhere_AreJoined(int cut)
    {
        var bytes = Encoding.UTF8.GetBytes(Polyglot);
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(
            new RawFrame(RawFrame.Text, bytes[..cut], IsFinal: false).Encode(),
            new RawFrame(RawFrame.Ping, [1], IsFinal: true).Encode(),
            new RawFrame(RawFrame.Continuation, bytes[cut..]).Encode());

        Assert.That(await probe.NextTextAsync(), Is.EqualTo(Polyglot));
        Assert.That((await open.Peer.ReadFrameAsync()).Opcode, Is.EqualTo(RawFrame.Pong));
    }

    [Test]
    public async Task FragmentPerByte_InASegmentPerByte_IsJoined()
    {
        var bytes = Encoding.UTF8.GetBytes(Polyglot);
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        for (var i = 0; i < bytes.Length; i++)
        {
            var fragment = new RawFrame(i == 0 ? RawFrame.Text : RawFrame.Continuation, [bytes[i]], i == bytes.Length - 1);
            foreach (var one in fragment.Encode()) await open.Peer.WriteAsync([one]);
        }

        Assert.That(await probe.NextTextAsync(), Is.EqualTo(Polyglot));
    }

    [Test]
    public async Task BinaryFrame_IsGivenLikeText()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(new RawFrame(RawFrame.Binary, Encoding.UTF8.GetBytes(Polyglot)).Encode());

        Assert.That(await probe.NextTextAsync(), Is.EqualTo(Polyglot));
    }

    [Test]
    public async Task BigFrameAmongSmallOnes_LeavesNoTraceInThem()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(RawFrame.OfText("one"), new RawFrame(RawFrame.Text, Letters(100_000)).Encode(), RawFrame.OfText("two"));

        Assert.That(await probe.NextTextAsync(), Is.EqualTo("one"));
        Assert.That(await probe.NextAsync(), Has.Length.EqualTo(100_000));
        Assert.That(await probe.NextTextAsync(), Is.EqualTo("two"));
    }

    [Test]
    public async Task ManyFramesInOneSegment_ArriveSingleFileInOrder()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(Enumerable.Range(0, 2_000).Select(static i => RawFrame.OfText($"frame {i}")).ToArray());

        for (var i = 0; i < 2_000; i++) Assert.That(await probe.NextTextAsync(), Is.EqualTo($"frame {i}"));
    }

    [Test]
    public async Task FramesFromBeforeTheSubscription_AreNotLost()
    {
        using var open = await OpenAsync();
        await open.Peer.WriteAsync(RawFrame.OfText("early"));
        var probe = FrameProbe.On(open.Link);

        Assert.That(await probe.NextTextAsync(), Is.EqualTo("early"));
    }

    [Test]
    public async Task NobodyObserves_NothingIsRead()
    {
        const long Plenty = 64 * 1024 * 1024;
        using var open = await OpenAsync();
        var chunk = new RawFrame(RawFrame.Text, Letters(60_000)).Encode();

        Assert.That(open.Peer.WriteUntilStalled(chunk, Plenty), Is.LessThan(Plenty));
    }

    [Test]
    public async Task SlowObserver_StallsThePeer_AndItGoesOnAfterwards()
    {
        const long Plenty = 64 * 1024 * 1024;
        using var open = await OpenAsync();
        using var busy = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var probe = FrameProbe.On(open.Link, (_, _) =>
        {
            busy.Set();
            release.Wait(Bounded.Limit);
        });
        await open.Peer.WriteAsync(RawFrame.OfText("one"));
        Assert.That(busy.Wait(Bounded.Limit), Is.True);
        var chunk = new RawFrame(RawFrame.Text, Letters(60_000)).Encode();

        Assert.That(open.Peer.WriteUntilStalled(chunk, Plenty), Is.LessThan(Plenty));
        Assert.That(probe.Count, Is.EqualTo(1));

        release.Set();
        Assert.That(open.Peer.IsWritable(Bounded.Limit), Is.True);
    }

    [Test]
    public async Task Ping_IsAnsweredWhileTheLinkWaits()
    {
        using var open = await OpenAsync();
        _ = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(new RawFrame(RawFrame.Ping, "are you there"u8.ToArray()).Encode());
        var pong = await open.Peer.ReadFrameAsync();

        Assert.That((pong.Opcode, pong.PayloadText, pong.IsMasked), Is.EqualTo((RawFrame.Pong, "are you there", true)));
    }

    [Test]
    public async Task PingWithoutPayload_AndPongOutOfTheBlue_AreNoFrames()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(new RawFrame(RawFrame.Pong, [1, 2]).Encode(), new RawFrame(RawFrame.Ping, []).Encode(), RawFrame.OfText("text"));

        Assert.That(await probe.NextTextAsync(), Is.EqualTo("text"));
        Assert.That((await open.Peer.ReadFrameAsync()).Opcode, Is.EqualTo(RawFrame.Pong));
    }

    [Test]
    public async Task DisposedSubscription_LeavesTheLinkAlive()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        probe.Subscription.Dispose();
        await open.Peer.WriteAsync(RawFrame.OfText("unseen"), new RawFrame(RawFrame.Ping, []).Encode());

        Assert.That((await open.Peer.ReadFrameAsync()).Opcode, Is.EqualTo(RawFrame.Pong));
        Assert.That(open.Link.Closure, Is.Null);
        Assert.That(probe.Count, Is.Zero);
    }
}
