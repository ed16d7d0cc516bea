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
    private protected override ITransport CreateTransport(Action<ClientWebSocketOptions>? configure, ArrayPool<byte> pool) =>
        new ClientWebSocketTransport(configure, pool);

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
}
