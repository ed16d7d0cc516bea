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
    protected override ITransport CreateTransport() => new ClientWebSocketTransport();

    // ClientWebSocket tells no difference between an empty close frame and one with 1000 and no reason.
    protected override int CodeOfAnEmptyCloseFrame => 1000;

    [Test]
    public async Task Configure_IsAskedAtEachDial_WithTheKeepAliveOff()
    {
        var interval = TimeSpan.MaxValue;
        var transport = new ClientWebSocketTransport(options =>
        {
            interval = options.KeepAliveInterval;
            options.SetRequestHeader("x-game", "harbour");
        });
        var dial = transport.Dial(Server.SocketAddress, 1_000).EndAsync();
        using var peer = await Server.AcceptAsync();
        var head = await peer.UpgradeAsync();
        (await dial).Values[0].Abort();

        Assert.That(head, Does.Contain("x-game: harbour"));
        Assert.That(interval, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task ConfigureThrows_ItIsTheErrorOfTheDial()
    {
        var fault = new InvalidOperationException("no proxy today");
        var end = await new ClientWebSocketTransport(_ => throw fault).Dial(Server.SocketAddress, 1_000).EndAsync();

        Assert.That(end.Error!.InnerException, Is.SameAs(fault));
        Assert.That(end.Error.Message, Does.Contain("no proxy today"));
    }

    [TestCase("http://127.0.0.1/")]
    [TestCase("/relative")]
    public void AddressThatIsNoSocket_Throws(string address) =>
        Assert.That(() => CreateTransport().Dial(new Uri(address, UriKind.RelativeOrAbsolute), 1), Throws.ArgumentException);

    [TestCase(0)]
    [TestCase(-1)]
    public void LimitThatAcceptsNothing_Throws(int maxFrameBytes) =>
        Assert.That(() => CreateTransport().Dial(Server.SocketAddress, maxFrameBytes), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [TestCase(999)]
    [TestCase(1001)]
    [TestCase(1006)]
    [TestCase(2999)]
    [TestCase(5000)]
    public async Task CodeThatAClientMayNotSend_Throws(int code)
    {
        using var open = await OpenAsync();
        Assert.That(() => open.Link.Close(code, ""), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task ReasonThatDoesNotFit_Throws()
    {
        using var open = await OpenAsync();
        Assert.That(() => open.Link.Close(1000, new string('é', 62)), Throws.ArgumentException);
        Assert.That((await open.Link.Close(1000, new string('é', 61)).EndAsync()).Error, Is.Null);
        Assert.That((await open.Peer.ReadFrameAsync()).CloseReason, Is.EqualTo(new string('é', 61)));
    }

    [Test]
    public async Task SecondObserver_IsRefused()
    {
        using var open = await OpenAsync();
        _ = FrameProbe.On(open.Link);

        Assert.That((await open.Link.Frames.EndAsync()).Error, Is.InstanceOf<InvalidOperationException>());
        Assert.That(open.Link.Closure, Is.Null);
    }

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

    [Test]
    public async Task ObserverOfTheDialThrows_ItsLinkIsAborted()
    {
        using var dial = new ClientWebSocketTransport().Dial(Server.SocketAddress, 1_000)
            .Subscribe(static _ => throw new InvalidOperationException("an observer's own fault"));
        using var peer = await Server.AcceptWebSocketAsync();

        Assert.That(await peer.ReadToEndAsync(), Is.Empty);
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
        Assert.That(pool.Returned, Is.EqualTo(pool.Rented));
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
        private int _rented;
        private int _returned;

        internal int Rented => Volatile.Read(ref _rented);

        internal int Returned => Volatile.Read(ref _returned);

        public override byte[] Rent(int minimumLength)
        {
            Interlocked.Increment(ref _rented);
            return new byte[minimumLength];
        }

        public override void Return(byte[] array, bool clearArray = false) => Interlocked.Increment(ref _returned);
    }
}
