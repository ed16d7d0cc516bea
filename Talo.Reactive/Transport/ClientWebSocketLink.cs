using System;
using System.Buffers;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Transport;

internal sealed class ClientWebSocketLink : SocketLink
{
    private readonly ClientWebSocket _socket;
    private readonly FrameReader _reader;

    internal ClientWebSocketLink(ClientWebSocket socket, int maxFrameBytes, ArrayPool<byte> pool)
    {
        _socket = socket;
        _reader = new FrameReader(socket, maxFrameBytes, pool);
    }

    // On the pool, so that neither the thread that subscribes nor its context reads the socket.
    private protected override void Read(IObserver<ReadOnlyMemory<byte>> observer) => _ = Task.Run(() => ReadAsync(observer));

    private protected override Task WriteAsync(ReadOnlyMemory<byte> frame) =>
        _socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).AsTask();

    private protected override Task WriteCloseAsync(int code, string reason) =>
        _socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, CancellationToken.None);

    private protected override Task WriteFarewellAsync(WebSocketCloseStatus code, string? reason) =>
        _socket.CloseOutputAsync(code, reason, CancellationToken.None);

    private protected override void Drop()
    {
        _socket.Abort();
        _socket.Dispose();
    }

    private async Task ReadAsync(IObserver<ReadOnlyMemory<byte>> observer)
    {
        LinkClosure? end = null;
        Exception? fault = null;
        try
        {
            end = await _reader.ReadAsync(observer, () => Closure is not null).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            fault = error;
        }

        await FinishAsync(end, fault, observer.OnCompleted).ConfigureAwait(false);
    }
}
