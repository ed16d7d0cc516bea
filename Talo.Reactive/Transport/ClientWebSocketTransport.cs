using System;
using System.Buffers;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Transport;

/// <summary>The default engine: opens links on <see cref="ClientWebSocket"/>. Safe for use from any thread, by any number of clients.</summary>
/// <remarks>
/// <para>Works wherever .NET has sockets: desktop, server, mobile, consoles, Unity players other than WebGL.</para>
/// <para>
/// A link calls its observer from a pool thread and never captures a <see cref="SynchronizationContext"/>.
/// Pings are answered while the frames of a link are observed. The keep-alive timer of <see cref="ClientWebSocket"/> is off.
/// </para>
/// <para>
/// After the frames of a link have completed, the closing handshake may still be under way; call <see cref="ILink.Abort"/>
/// to bound that too. A link that is not aborted frees its socket by itself once the peer has hung up.
/// </para>
/// </remarks>
public sealed class ClientWebSocketTransport : ITransport
{
    private readonly Action<ClientWebSocketOptions>? _configure;
    private readonly ArrayPool<byte> _pool;

    /// <summary>Makes the engine.</summary>
    /// <param name="configure">
    /// Called before each dial, on a pool thread, with the options of the new socket: a proxy, certificates, headers. What it
    /// throws is the error of that dial. Default: nothing is changed.
    /// </param>
    public ClientWebSocketTransport(Action<ClientWebSocketOptions>? configure = null)
        : this(configure, ArrayPool<byte>.Shared)
    {
    }

    internal ClientWebSocketTransport(Action<ClientWebSocketOptions>? configure, ArrayPool<byte> pool)
    {
        _configure = configure;
        _pool = pool;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The address is not an absolute <c>ws</c> or <c>wss</c> address.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxFrameBytes"/> is not positive.</exception>
    public IObservable<ILink> Dial(Uri address, int maxFrameBytes)
    {
        if (!IsWebSocketAddress(address ?? throw new ArgumentNullException(nameof(address))))
            throw new ArgumentException("The address must be absolute, with ws or wss.", nameof(address));
        if (maxFrameBytes < 1) throw new ArgumentOutOfRangeException(nameof(maxFrameBytes), maxFrameBytes, "At least one byte.");

        return new ClientWebSocketDial(address, given => ConnectAsync(address, given), socket => new ClientWebSocketLink(socket, maxFrameBytes, _pool));
    }

    private static bool IsWebSocketAddress(Uri address) => address is { IsAbsoluteUri: true, Scheme: "ws" or "wss" };

    private async Task<ClientWebSocket> ConnectAsync(Uri address, CancellationToken given)
    {
        var socket = new ClientWebSocket();
        try
        {
            // Its timer reads the wall clock; heartbeats are the business of whoever owns the scheduler.
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
#if NET8_0_OR_GREATER
            var defaultProxy = socket.Options.Proxy;
            _configure?.Invoke(socket.Options);
            if (ReadAheadHandler.IsSupported)
            {
                using var handler = ReadAheadHandler.For(socket.Options, defaultProxy, _pool);
                await socket.ConnectAsync(address, handler.Invoker, given).ConfigureAwait(false);
                return socket;
            }
#else
            _configure?.Invoke(socket.Options);
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
