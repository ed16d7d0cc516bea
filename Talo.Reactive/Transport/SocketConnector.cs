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
    /// <returns>
    /// The socket, and whether more has been read than it has asked for yet: a hint, null where nobody can tell.
    /// </returns>
    internal static async Task<(ClientWebSocket Socket, Func<bool>? HasReadAhead)> ConnectAsync(
        Uri address, Action<ClientWebSocketOptions>? configure, ArrayPool<byte> pool, CancellationToken given)
    {
        var socket = new ClientWebSocket();
        try
        {
            // Its timer reads the wall clock; heartbeats are the business of whoever owns the scheduler.
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
            var defaultProxy = socket.Options.Proxy;
            configure?.Invoke(socket.Options);
#if NET8_0_OR_GREATER
            if (ReadAheadInvoker.IsSupported)
            {
                using var invoker = ReadAheadInvoker.For(socket.Options, defaultProxy, pool);
                await socket.ConnectAsync(address, invoker, given).ConfigureAwait(false);
                return (socket, () => invoker.HasReadAhead);
            }
#else
            if (LateBoundInvoker.IsSupported)
            {
                using var invoker = LateBoundInvoker.For(socket.Options, defaultProxy);
                await invoker.ConnectAsync(socket, address, given).ConfigureAwait(false);
                return (socket, null);
            }
#endif

            // Here the runtime decides. A browser and Mono take nothing but a 101; .NET Core 3 to .NET 6 follow a redirect.
            await socket.ConnectAsync(address, given).ConfigureAwait(false);
            return (socket, null);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
