using System;
using System.Buffers;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Transport;

/// <summary>Connects the socket that every engine stands on.</summary>
internal static class SocketConnector
{
    /// <param name="address">The whole address, ticket and all.</param>
    /// <param name="configure">A game's own settings for the socket.</param>
    /// <param name="pool">Where the memory for reading ahead comes from.</param>
    /// <param name="given">Cancelled when the dial is given up.</param>
    internal static async Task<ClientWebSocket> ConnectAsync(
        Uri address, Action<ClientWebSocketOptions>? configure, ArrayPool<byte> pool, CancellationToken given)
    {
        var socket = new ClientWebSocket();
        try
        {
            // Its timer reads the wall clock; heartbeats are the business of whoever owns the scheduler.
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
#if NET8_0_OR_GREATER
            var defaultProxy = socket.Options.Proxy;
            configure?.Invoke(socket.Options);
            if (ReadAheadHandler.IsSupported)
            {
                using var handler = ReadAheadHandler.For(socket.Options, defaultProxy, pool);
                await socket.ConnectAsync(address, handler.Invoker, given).ConfigureAwait(false);
                return socket;
            }
#else
            configure?.Invoke(socket.Options);
#endif
            await socket.ConnectAsync(address, given).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
