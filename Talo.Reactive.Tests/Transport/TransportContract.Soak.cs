using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Transport;

public abstract partial class TransportContract
{
    [Test, ProcessWide]
    public async Task ThousandLinks_LeaveNoHandleThreadOrMemoryBehind()
    {
        var transport = CreateTransport();
        await OpenAndEndAsync(transport, 200);
        var before = Footprint.Now();
        await OpenAndEndAsync(transport, 1_000);
        var after = Footprint.Now();

        Assert.That(before.Handles, Is.Positive);
        Assert.That(after.Handles - before.Handles, Is.LessThan(50), "handles");
        Assert.That(after.Threads - before.Threads, Is.LessThan(20), "threads");
        Assert.That(after.Bytes - before.Bytes, Is.LessThan(1_000_000), "bytes");
    }

    [Test, ProcessWide]
    public async Task ManyWaitingLinks_BlockNoThread()
    {
        const int Links = 100;
        var open = new List<OpenLink>();
        try
        {
            for (var i = 0; i < Links; i++) open.Add(await OpenAsync());
            var before = Footprint.Now();
            foreach (var one in open) _ = FrameProbe.On(one.Link);
            foreach (var one in open) await one.Peer.WriteAsync(new RawFrame(RawFrame.Ping, []).Encode());
            foreach (var one in open) await one.Peer.ReadFrameAsync();

            // Every pong proves that its link is being read.
            Assert.That(Footprint.Now().Threads - before.Threads, Is.LessThan(Links / 4));
        }
        finally
        {
            open.ForEach(static one => one.Dispose());
        }
    }

    private async Task OpenAndEndAsync(ITransport transport, int times)
    {
        for (var i = 0; i < times; i++)
        {
            // Small, so that what the shared pools keep does not hide what the links keep.
            using var open = await OpenAsync(SmallLimit, transport);
            var probe = FrameProbe.On(open.Link);
            await EndAsync(open, i % 4);
            await probe.ClosureAsync();
            await open.Peer.ReadToEndAsync();
        }
    }

    private static async Task EndAsync(OpenLink open, int way)
    {
        switch (way)
        {
            case 0:
                await open.Peer.WriteAsync(RawFrame.OfClose(1001));
                await open.Peer.ReadFrameAsync();
                open.Peer.HangUp();
                break;
            case 1:
                await open.Peer.WriteAsync(new RawFrame(RawFrame.Text, Letters(SmallLimit + 1)).Encode());
                break;
            case 2:
                open.Peer.HangUp();
                break;
            default:
                open.Link.Abort();
                break;
        }
    }

    private readonly record struct Footprint(int Handles, int Threads, long Bytes)
    {
        internal static Footprint Now()
        {
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            using var process = Process.GetCurrentProcess();
            return new Footprint(process.HandleCount, process.Threads.Count, GC.GetTotalMemory(forceFullCollection: true));
        }
    }
}
