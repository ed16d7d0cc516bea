using System;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Transport;

public abstract partial class TransportContract
{
    [TestCase("close")]
    [TestCase("reset")]
    [TestCase("garbage")]
    [TestCase("too large")]
    [TestCase("abort")]
    [TestCase("throw")]
    public async Task HoweverALinkEnds_ItsMemoryGoesBackToThePool(string end)
    {
        var pool = new CountingPool();
        using var open = await OpenAsync(100_000, CreateTransport(null, pool));
        var probe = FrameProbe.On(open.Link, (_, text) =>
        {
            if (text == "throw") throw new InvalidOperationException("an observer's own fault");
        });
        await open.Peer.WriteAsync(new RawFrame(RawFrame.Text, Letters(90_000)).Encode());
        await probe.NextAsync();
        await open.Peer.WriteAsync(new RawFrame(RawFrame.Text, Letters(30_000), IsFinal: false).Encode());
        await EndAsync(open, end);
        if (end == "throw") await open.Peer.ReadToEndAsync();
        else await probe.ClosureAsync();

        Assert.That(pool.Rented, Is.Not.Zero);
        // The read-ahead buffer goes back with the socket, which waits a moment for a peer that closed.
        await pool.AllReturnedAsync();
    }

    private static async Task EndAsync(OpenLink open, string end)
    {
        switch (end)
        {
            case "close":
                await open.Peer.WriteAsync(RawFrame.OfClose(1000));
                break;
            case "reset":
                open.Peer.Reset();
                break;
            case "garbage":
                await open.Peer.WriteAsync([0x83, 0x01, 0x61]);
                break;
            case "too large":
                await open.Peer.WriteAsync(new RawFrame(RawFrame.Continuation, Letters(80_000)).Encode());
                break;
            case "throw":
                await open.Peer.WriteAsync(new RawFrame(RawFrame.Continuation, []).Encode(), RawFrame.OfText("throw"));
                break;
            default:
                open.Link.Abort();
                break;
        }
    }
}
