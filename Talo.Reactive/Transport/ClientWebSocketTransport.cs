using System;
using System.Buffers;
using System.Net.WebSockets;

namespace Talo.Reactive.Transport;

/// <summary>
/// The lean engine: opens links on <see cref="ClientWebSocket"/> alone. Safe for use from any thread, by any number of clients.
/// </summary>
/// <remarks>
/// <para>
/// For a game that wants the last bit of speed, or fewer files beside it: it needs neither Websocket.Client nor what that
/// package brings. It keeps the same promises as <see cref="WebsocketClientTransport"/>, the default.
/// </para>
/// <para>Works wherever .NET has sockets: desktop, server, mobile, consoles, Unity players other than WebGL.</para>
/// <para>
/// A link calls its observer from a pool thread and never captures a <see cref="System.Threading.SynchronizationContext"/>.
/// Pings are answered while the frames of a link are observed. The keep-alive timer of <see cref="ClientWebSocket"/> is off.
/// </para>
/// <para>
/// An upgrade that is answered by a redirect is an error of the dial, and nobody else is called: the frames after it carry tokens.
/// So in the net8.0 build, and in the netstandard2.1 build on .NET 7 and later. Elsewhere the runtime decides: Mono, Unity's included,
/// takes nothing but a 101; .NET Core 3.1 to .NET 6 follow the redirect.
/// </para>
/// <para>
/// After the frames of a link have completed, the closing handshake may still be under way; call <see cref="ILink.Abort"/>
/// to bound that too. A link that is not aborted frees its socket by itself once the peer has hung up.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// var options = new TaloClientOptions { AccessKey = key, Transport = new ClientWebSocketTransport() };
/// </code>
/// </example>
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
        LinkArguments.CheckDial(address, maxFrameBytes);
        return new LinkDial(address, async given =>
        {
            var (socket, _) = await SocketConnector.ConnectAsync(address, _configure, _pool, given).ConfigureAwait(false);
            return new ClientWebSocketLink(socket, maxFrameBytes, _pool);
        });
    }
}
