using System;
using System.Buffers;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Transport;

/// <summary>The receive loop of one socket: pieces in, whole frames out, one at a time.</summary>
internal sealed class FrameReader
{
    private readonly WebSocket _socket;
    private readonly int _maxFrameBytes;
    private readonly ArrayPool<byte> _pool;

    internal FrameReader(WebSocket socket, int maxFrameBytes, ArrayPool<byte> pool)
    {
        _socket = socket;
        _maxFrameBytes = maxFrameBytes;
        _pool = pool;
    }

    /// <summary>Reads until a close frame, a frame that is too large, or the end of the link.</summary>
    /// <returns>The closure that the bytes tell of; null when the link had ended. Throws what the socket or the observer throws.</returns>
    internal async Task<LinkClosure?> ReadAsync(IObserver<ReadOnlyMemory<byte>> observer, Func<bool> hasEnded)
    {
        using var buffer = new FrameBuffer(_pool, _maxFrameBytes);
        while (!hasEnded())
        {
            // No token: a registration for each frame costs more than the read. The link is ended by an abort.
            var piece = await _socket.ReceiveAsync(buffer.Free(), CancellationToken.None).ConfigureAwait(false);
            if (piece.MessageType == WebSocketMessageType.Close) return LinkClosure.ByPeer(_socket);

            buffer.Add(piece.Count);
            if (buffer.IsTooLarge) return LinkClosure.TooLarge(_maxFrameBytes);
            if (!piece.EndOfMessage) continue;

            if (hasEnded()) return null;
            observer.OnNext(buffer.Frame);
            buffer.Clear();
        }

        return null;
    }
}
