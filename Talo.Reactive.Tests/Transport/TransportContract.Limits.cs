using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Transport;

public abstract partial class TransportContract
{
    private const int SmallLimit = 10_000;
    private const int Piece = 64 * 1024;
    private const int LargeLimit = 16 * 1024 * 1024;

    [Test]
    public async Task FrameOneByteOverTheLimit_EndsTheLinkWith1009()
    {
        using var open = await OpenAsync(SmallLimit);
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(
            new RawFrame(RawFrame.Text, Letters(SmallLimit)).Encode(),
            new RawFrame(RawFrame.Text, Letters(SmallLimit + 1)).Encode());

        Assert.That(await probe.NextAsync(), Has.Length.EqualTo(SmallLimit));
        AssertRefused(await probe.ClosureAsync(), SmallLimit);
        Assert.That(probe.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task FragmentsOfExactlyTheLimit_WithAnEmptyLastOne_AreAccepted()
    {
        using var open = await OpenAsync(SmallLimit);
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(
            new RawFrame(RawFrame.Text, Letters(SmallLimit - 1), IsFinal: false).Encode(),
            new RawFrame(RawFrame.Continuation, Letters(1), IsFinal: false).Encode(),
            new RawFrame(RawFrame.Continuation, []).Encode());

        Assert.That(await probe.NextAsync(), Has.Length.EqualTo(SmallLimit));
    }

    [Test]
    public async Task FragmentsTogetherOverTheLimit_EndTheLinkWith1009()
    {
        using var open = await OpenAsync(SmallLimit);
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(
            new RawFrame(RawFrame.Text, Letters(SmallLimit), IsFinal: false).Encode(),
            new RawFrame(RawFrame.Continuation, Letters(1)).Encode());

        AssertRefused(await probe.ClosureAsync(), SmallLimit);
        Assert.That(probe.Count, Is.Zero);
    }

    [Test]
    public async Task FragmentsWithoutEnd_AreRefused()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(new RawFrame(RawFrame.Text, [], IsFinal: false).Encode());
        await open.Peer.WriteUntilRefusedAsync(new RawFrame(RawFrame.Continuation, Letters(1_000), IsFinal: false).Encode(), long.MaxValue);

        AssertRefused(await probe.ClosureAsync(), MaxFrameBytes);
    }

    [Test, ProcessWide]
    public async Task FrameOf100Megabytes_IsRefusedInLittleMemory()
    {
        const int Huge = 100 * 1024 * 1024;
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        var chunk = Letters(64 * 1024);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await open.Peer.WriteAsync(RawFrame.Header(RawFrame.Text, isFinal: true, Huge));
        var taken = await open.Peer.WriteUntilRefusedAsync(chunk, Huge);

        AssertRefused(await probe.ClosureAsync(), MaxFrameBytes);
        Assert.That(taken, Is.LessThan(Huge));
        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(8 * 1024 * 1024));
    }

    [TestCase(0), TestCase(1), ProcessWide]
    public async Task LargeFrames_LeaveLittleOfTheirMemoryBehind(int bytesOverTheLimit)
    {
        const int Links = 15;
        var before = Footprint.Now().Bytes;
        var open = new List<OpenLink>();
        try
        {
            for (var i = 0; i < Links; i++) open.Add(await OpenAsync(LargeLimit));
            await Task.WhenAll(open.Select(one => SendOneAsync(one, LargeLimit + bytesOverTheLimit)));
        }
        finally
        {
            open.ForEach(static one => one.Dispose());
        }

        open.Clear();
        // Each of these links has had from 16 to 32 of them, and a pool would keep most.
        Assert.That((Footprint.Now().Bytes - before) >> 20, Is.LessThan(48), "megabytes");
    }

    private static async Task SendOneAsync(OpenLink open, int bytes)
    {
        var lengths = open.Link.Frames.Select(static frame => frame.Length).ToList().ToTask();
        await open.Peer.WriteAsync(RawFrame.Header(RawFrame.Text, isFinal: true, (ulong)bytes));
        for (var left = bytes; left > 0; left -= Piece) await open.Peer.WriteAsync(Letters(Math.Min(left, Piece)));
        if (bytes <= LargeLimit) await open.Peer.WriteAsync(RawFrame.OfClose(1000));
        Assert.That(await lengths.InTime(), Is.EqualTo(bytes <= LargeLimit ? new[] { bytes } : []));
        if (bytes > LargeLimit) AssertRefused(open.Link.Closure!, LargeLimit);
    }

    [Test]
    public async Task SynchronizationContextOfTheCaller_IsNeverUsed()
    {
        var context = new CountingContext();
        var transport = CreateTransport();
        var dial = context.Run(() => Ending<ILink>.Of(transport.Dial(Server.SocketAddress, MaxFrameBytes)));
        using var peer = await Server.AcceptWebSocketAsync();
        var link = (await dial.Task.InTime()).Values[0];

        var threadOfFrames = new TaskCompletionSource<SynchronizationContext?>();
        var probe = context.Run(() => FrameProbe.On(link, (_, _) => threadOfFrames.TrySetResult(SynchronizationContext.Current)));
        await peer.WriteAsync(RawFrame.OfText("one"));
        Assert.That(await threadOfFrames.Task.InTime(), Is.Null);

        var send = context.Run(() => link.Send(Letters(Unwritable)).EndAsync());
        var close = context.Run(() => link.Close(1000, "bye").EndAsync());
        await ReadMessageAsync(peer);
        await peer.WriteAsync(RawFrame.OfClose(1000));
        peer.HangUp();
        await send;
        await close;
        await probe.ClosureAsync();

        Assert.That(context.Posts, Is.Zero);
    }

    private static void AssertRefused(LinkClosure closure, int limit)
    {
        Assert.That((closure.End, closure.Code), Is.EqualTo((LinkEnd.ClosedHere, 1009)));
        Assert.That(closure.Reason, Does.Contain($"{limit}").And.Contain("MaxFrameBytes"));
    }

    private sealed class CountingContext : SynchronizationContext
    {
        private int _posts;

        internal int Posts => Volatile.Read(ref _posts);

        internal T Run<T>(Func<T> call)
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                return call();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }

        public override void Post(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref _posts);
            base.Post(d, state);
        }

        public override void Send(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref _posts);
            base.Send(d, state);
        }
    }
}
