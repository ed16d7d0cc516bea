using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Transport;

/// <summary>Frames that come together, which an engine may read together: what happens in their middle happens there.</summary>
public abstract partial class TransportContract
{
    private const int AllOfABurst = 64 * 1024;

    private static readonly string[] Five = ["one", "two", "three", "four", "five"];

    // Around the sizes at which a buffer of either engine is full, and steps that meet no round number in between.
    private static IEnumerable<int> BurstSizes =>
        Enumerable.Range(0, 68).Select(static i => 4 + (i * 977))
            .Concat(new[] { 4096, 16384, 32768, AllOfABurst }.SelectMany(static size => Enumerable.Range(size - 6, 12)));

    [Test]
    public async Task BurstsOfManySizes_ArriveAsTheyWereSent()
    {
        using var release = new SemaphoreSlim(0);
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link, (_, text) =>
        {
            if (text == "wait") release.Wait(Bounded.Limit);
        });
        foreach (var size in BurstSizes)
        {
            var frames = Burst(size);
            await open.Peer.WriteAsync(RawFrame.OfText("wait"));
            Assert.That(await probe.NextTextAsync(), Is.EqualTo("wait"));
            await open.Peer.WriteAsync(frames.Select(static x => new RawFrame(RawFrame.Text, x).Encode()).ToArray());
            release.Release();
            foreach (var frame in frames)
                Assert.That((await probe.NextAsync()).AsSpan().SequenceEqual(frame), Is.True, $"burst of {size} bytes");
        }

        Assert.That(open.Link.Closure, Is.Null);
    }

    [TestCase(60_000)]
    [TestCase(AllOfABurst - 5)]
    [TestCase(AllOfABurst - 4)]
    [TestCase(AllOfABurst - 3)]
    [TestCase(AllOfABurst)]
    [TestCase(MaxFrameBytes)]
    public async Task LargeFrameInABurst_ArrivesInItsPlace(int size)
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        var large = Pattern(size);
        await open.Peer.WriteAsync(
            RawFrame.OfText("one"),
            RawFrame.OfText("two"),
            new RawFrame(RawFrame.Text, large, IsFinal: false).Encode(),
            new RawFrame(RawFrame.Continuation, []).Encode(),
            RawFrame.OfText("three"));

        Assert.That(await probe.NextTextAsync(), Is.EqualTo("one"));
        Assert.That(await probe.NextTextAsync(), Is.EqualTo("two"));
        Assert.That((await probe.NextAsync()).AsSpan().SequenceEqual(large), Is.True);
        Assert.That(await probe.NextTextAsync(), Is.EqualTo("three"));
    }

    [Test]
    public async Task FrameBeforeHalfOfAnother_DoesNotWaitForTheRest()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        var large = new RawFrame(RawFrame.Text, Letters(90_000)).Encode();
        foreach (var cut in new[] { 1, 2, 5, 1_000, 80_000 })
        {
            await open.Peer.WriteAsync(RawFrame.OfText("one"), large[..cut]);
            Assert.That(await probe.NextTextAsync(), Is.EqualTo("one"), $"before {cut} bytes of another");
            await open.Peer.WriteAsync(large[cut..], RawFrame.OfText("two"));
            Assert.That(await probe.NextAsync(), Has.Length.EqualTo(90_000));
            Assert.That(await probe.NextTextAsync(), Is.EqualTo("two"));
        }
    }

    [Test]
    public async Task CloseInTheMiddleOfABurst_ComesAfterTheFramesBeforeIt()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync([.. Five.Select(RawFrame.OfText), RawFrame.OfClose(1008, "enough"), RawFrame.OfText("six")]);

        await AssertHeardAsync(probe, Five);
        AssertClosure(await probe.ClosureAsync(), LinkEnd.ClosedByPeer, 1008, "enough");
        Assert.That(probe.Count, Is.EqualTo(5));
    }

    [Test]
    public async Task GarbageInTheMiddleOfABurst_ComesAfterTheFramesBeforeIt()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync([.. Five.Select(RawFrame.OfText), [0x83, 0x01, 0x61], RawFrame.OfText("six")]);

        await AssertHeardAsync(probe, Five);
        AssertClosure(await probe.ClosureAsync(), LinkEnd.Lost, LinkClosure.AbnormalClosure, "");
        Assert.That(probe.Count, Is.EqualTo(5));
    }

    [Test]
    public async Task OversizedFrameInTheMiddleOfABurst_EndsTheLinkAfterTheFramesBeforeIt()
    {
        using var open = await OpenAsync(SmallLimit);
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(
            [.. Five.Select(RawFrame.OfText), new RawFrame(RawFrame.Text, Letters(SmallLimit + 1)).Encode(), RawFrame.OfText("six")]);

        await AssertHeardAsync(probe, Five);
        AssertRefused(await probe.ClosureAsync(), SmallLimit);
        Assert.That(probe.Count, Is.EqualTo(5));
    }

    [Test]
    public async Task ObserverThatThrowsInTheMiddleOfABurst_GetsNoFurtherFrame()
    {
        var fault = new InvalidOperationException("an observer's own fault");
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link, (_, text) =>
        {
            if (text == "three") throw fault;
        });
        await open.Peer.WriteAsync(Five.Select(RawFrame.OfText).ToArray());
        await open.Peer.ReadToEndAsync();

        AssertClosure(open.Link.Closure!, LinkEnd.Lost, LinkClosure.AbnormalClosure, "");
        Assert.That(open.Link.Closure!.Cause, Is.SameAs(fault));
        Assert.That(probe.Count, Is.EqualTo(3));
    }

    [Test]
    public async Task AbortInTheMiddleOfABurst_GivesNoFurtherFrame()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link, (_, text) =>
        {
            if (text == "three") open.Link.Abort();
        });
        await open.Peer.WriteAsync(Five.Select(RawFrame.OfText).ToArray());

        AssertClosure(await probe.ClosureAsync(), LinkEnd.Aborted, LinkClosure.AbnormalClosure, "");
        Assert.That(probe.Count, Is.EqualTo(3));
    }

    [Test]
    public async Task OurCloseInTheMiddleOfABurst_TheRestIsStillGiven()
    {
        using var open = await OpenAsync();
        var closed = Task.CompletedTask;
        var probe = FrameProbe.On(open.Link, (_, text) =>
        {
            if (text == "three") closed = open.Link.Close(4000, "bye").EndAsync();
        });
        await open.Peer.WriteAsync(Five.Select(RawFrame.OfText).ToArray());
        await AssertHeardAsync(probe, Five);
        await closed;
        var close = await open.Peer.ReadFrameAsync();
        Assert.That((close.Opcode, close.CloseCode), Is.EqualTo((RawFrame.Close, 4000)));
        Assert.That(probe.Completed.IsCompleted, Is.False);
        await open.Peer.WriteAsync(RawFrame.OfClose(4000, "bye"));

        AssertClosure(await probe.ClosureAsync(), LinkEnd.ClosedHere, 4000, "bye");
        Assert.That(probe.Count, Is.EqualTo(5));
    }

    [Test]
    public async Task SendInTheMiddleOfABurst_IsWrittenAtOnce()
    {
        using var open = await OpenAsync();
        using var heard = new ManualResetEventSlim();
        var sent = Task.CompletedTask;
        var probe = FrameProbe.On(open.Link, (_, text) =>
        {
            if (text != "three") return;
            sent = open.Link.Send("hello"u8.ToArray()).EndAsync();
            heard.Wait(Bounded.Limit);
        });
        await open.Peer.WriteAsync([.. Five.Select(RawFrame.OfText), RawFrame.OfClose(1000)]);

        // The observer is still busy with the third.
        Assert.That((await open.Peer.ReadFrameAsync()).PayloadText, Is.EqualTo("hello"));
        heard.Set();
        await sent;
        AssertClosure(await probe.ClosureAsync(), LinkEnd.ClosedByPeer, 1000, "");
        Assert.That(probe.Count, Is.EqualTo(5));
    }

    private static async Task AssertHeardAsync(FrameProbe probe, IEnumerable<string> texts)
    {
        foreach (var text in texts) Assert.That(await probe.NextTextAsync(), Is.EqualTo(text));
    }

    /// <summary>Frames of about a chat message each that make up so many bytes, four bytes more counted for each.</summary>
    private static List<byte[]> Burst(int size)
    {
        var frames = new List<byte[]>();
        for (; size >= 4; size -= frames[^1].Length + 4) frames.Add(Pattern(Math.Min(size - 4, 1_013)));
        return frames;
    }

    private static byte[] Pattern(int size) => Enumerable.Range(0, size).Select(static i => (byte)('a' + (i % 26))).ToArray();
}
