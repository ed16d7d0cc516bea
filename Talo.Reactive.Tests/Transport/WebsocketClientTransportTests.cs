using System;
using System.Buffers;
using System.Linq;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Transport;

/// <summary>The contract on the engine of Websocket.Client, and what that engine is known to do wrong when it is left alone.</summary>
public sealed class WebsocketClientTransportTests : TransportContract
{
    private protected override ITransport CreateTransport(Action<ClientWebSocketOptions>? configure, ArrayPool<byte> pool) =>
        new WebsocketClientTransport(configure, pool);

    [Test]
    public async Task DialAfterAFailedOne_StartsAnEngineOfItsOwn()
    {
        var dial = CreateTransport().Dial(Server.SocketAddress, 1_000);
        var failed = dial.EndAsync();
        using (var refused = await Server.AcceptAsync())
        {
            await refused.ReadHeadAsync();
            await refused.WriteAsync("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        }

        Assert.That((await failed).Error, Is.Not.Null);
        var second = dial.EndAsync();
        using var peer = await Server.AcceptWebSocketAsync();
        (await second).Values[0].Abort();
    }

    [Test]
    public async Task FailedDial_TellsTheCause_NotThatTheEngineFailedToStart()
    {
        var dial = CreateTransport().Dial(Server.SocketAddress, 1_000).EndAsync();
        using var peer = await Server.AcceptAsync();
        await peer.ReadHeadAsync();
        await peer.WriteAsync("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");

        Assert.That((await dial).Error!.Message, Does.Contain("401").And.Not.Contain("Failed to start"));
    }

    [TestCase("close")]
    [TestCase("reset")]
    [TestCase("garbage")]
    [TestCase("abort")]
    public async Task LinkThatHasEnded_IsNotDialledAgain(string end)
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        if (end == "close") await open.Peer.WriteAsync(RawFrame.OfClose(1001));
        else if (end == "garbage") await open.Peer.WriteAsync([0x83, 0x01, 0x61]);
        else if (end == "reset") open.Peer.Reset();
        else open.Link.Abort();
        await probe.ClosureAsync();
        if (end != "reset") await open.Peer.ReadToEndAsync();

        var second = CreateTransport(x => x.SetRequestHeader("x-dial", "second")).Dial(Server.SocketAddress, 1_000).EndAsync();
        using var peer = await Server.AcceptAsync();
        Assert.That(await peer.UpgradeAsync(), Does.Contain("x-dial: second"));
        (await second).Values[0].Abort();
        Assert.That(Server.HasCaller, Is.False);
    }

    [Test]
    public async Task SendsThatRaceWithTheEnd_AllEnd()
    {
        for (var i = 0; i < 100; i++)
        {
            using var open = await OpenAsync();
            _ = FrameProbe.On(open.Link);
            var sends = Enumerable.Range(0, 20)
                .Select(n => Task.Run(() => open.Link.Send(Encoding.UTF8.GetBytes($"{n}")).EndAsync()))
                .ToArray();
            if (i % 2 == 0) open.Link.Abort();
            else open.Peer.Reset();

            var ends = await Task.WhenAll(sends);
            Assert.That(ends.All(x => x.Error is null or LinkEndedException or WebSocketException), Is.True);
        }
    }

    [Test]
    public async Task SendThatTheAbortFindsInTheQueue_SaysThatNothingWasWritten()
    {
        using var open = await OpenAsync();
        _ = FrameProbe.On(open.Link);
        var stalled = open.Link.Send(Letters(32 * 1024 * 1024)).EndAsync();
        var queued = open.Link.Send("behind it"u8.ToArray()).EndAsync();
        open.Link.Abort();

        Assert.That((await stalled).Error, Is.Not.Null);
        Assert.That((await queued).Error, Is.TypeOf<LinkEndedException>());
    }

    [Test]
    public async Task LinkThatWaits_HoldsNoMemoryOfOurs()
    {
        var pool = new CountingPool();
        using var open = await OpenAsync(transport: CreateTransport(null, pool));
        var probe = FrameProbe.On(open.Link);
        var frames = Enumerable.Range(0, 200).Select(static i => RawFrame.OfText($"{i}, and more than a few letters"));
        await open.Peer.WriteAsync([.. frames, new RawFrame(RawFrame.Ping, []).Encode()]);
        for (var i = 0; i < 200; i++) await probe.NextAsync();
        Assert.That((await open.Peer.ReadFrameAsync()).Opcode, Is.EqualTo(RawFrame.Pong));

        Assert.That(pool.Rented, Is.Not.Zero);
        await pool.AllReturnedAsync();
    }

    [Test]
    public async Task FrameFromMemoryOfAnotherKind_IsWritten()
    {
        using var open = await OpenAsync();
        using var owner = new NativeBytes("native"u8);
        Assert.That((await open.Link.Send(owner.Memory).EndAsync()).Error, Is.Null);

        Assert.That((await open.Peer.ReadFrameAsync()).PayloadText, Is.EqualTo("native"));
    }

    private sealed class NativeBytes : System.Buffers.MemoryManager<byte>
    {
        private readonly byte[] _bytes;

        internal NativeBytes(ReadOnlySpan<byte> bytes) => _bytes = bytes.ToArray();

        public override Span<byte> GetSpan() => _bytes;

        public override System.Buffers.MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
