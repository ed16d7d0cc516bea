using System;
using System.Buffers;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Transport;

public sealed class ClientWebSocketTransportTests : TransportContract
{
    private protected override ITransport CreateTransport(Action<ClientWebSocketOptions>? configure = null) =>
        new ClientWebSocketTransport(configure);

    // ClientWebSocket tells no difference between an empty close frame and one with 1000 and no reason.
    protected override int CodeOfAnEmptyCloseFrame => 1000;

    [Test]
    public async Task LinkThatOpensAfterTheDisposal_IsDropped()
    {
        using var socket = new ClientWebSocket();
        var opened = new TaskCompletionSource<ILink>();
        var dial = Ending<ILink>.Of(new LinkDial(Server.SocketAddress, _ => opened.Task));
        var connect = socket.ConnectAsync(Server.SocketAddress, CancellationToken.None);
        using var peer = await Server.AcceptWebSocketAsync();
        await connect.InTime();

        dial.Subscription.Dispose();
        opened.SetResult(new ClientWebSocketLink(socket, 1_000, ArrayPool<byte>.Shared));
        Assert.That(await peer.ReadToEndAsync(), Is.Empty);
        Assert.That(dial.Task.IsCompleted, Is.False);
    }

    [TestCase("close")]
    [TestCase("reset")]
    [TestCase("garbage")]
    [TestCase("too large")]
    [TestCase("abort")]
    [TestCase("throw")]
    public async Task HoweverALinkEnds_ItsMemoryGoesBackToThePool(string end)
    {
        var pool = new CountingPool();
        using var open = await OpenAsync(100_000, new ClientWebSocketTransport(null, pool));
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

        Assert.That(pool.Rented, Is.GreaterThan(5));
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

    private sealed class CountingPool : ArrayPool<byte>
    {
        private readonly SemaphoreSlim _returns = new(0);
        private int _rented;
        private int _returned;

        internal int Rented => Volatile.Read(ref _rented);

        internal async Task AllReturnedAsync()
        {
            while (Volatile.Read(ref _returned) != Rented)
                Assert.That(await _returns.WaitAsync(Bounded.Limit), Is.True, $"{_returned} of {Rented} came back");
        }

        public override byte[] Rent(int minimumLength)
        {
            Interlocked.Increment(ref _rented);
            return new byte[minimumLength];
        }

        public override void Return(byte[] array, bool clearArray = false)
        {
            Interlocked.Increment(ref _returned);
            _returns.Release();
        }
    }
}
