using System;
using System.Buffers;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using Websocket.Client;

namespace Talo.Reactive.Transport;

/// <summary>
/// The default engine: opens links on the <c>WebsocketClient</c> of the Websocket.Client package. Safe for use from any thread,
/// by any number of clients.
/// </summary>
/// <remarks>
/// <para>
/// The frames that have come while it was busy are handed to the engine as one message and taken apart behind it, so that what
/// the engine spends on each message is shared by the frames of a burst. A frame that comes alone goes through alone, at once.
/// </para>
/// <para>Works wherever .NET has sockets: desktop, server, mobile, consoles, Unity players other than WebGL.</para>
/// <para>
/// Each link has a <c>WebsocketClient</c> of its own, which lives as long as the link. Reconnecting is the business of
/// <see cref="TaloClient"/>, so everything in the engine that reconnects is off, and so are its timers.
/// </para>
/// <para>
/// A link calls its observer from a pool thread and never captures a <see cref="SynchronizationContext"/>.
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
/// var throughProxy = new WebsocketClientTransport(socket =&gt; socket.Proxy = new WebProxy("http://proxy:8080"));
/// var options = new TaloClientOptions { AccessKey = key, Transport = throughProxy };
/// </code>
/// </example>
public sealed class WebsocketClientTransport : ITransport
{
    private readonly Action<ClientWebSocketOptions>? _configure;
    private readonly ArrayPool<byte> _pool;

    /// <summary>Makes the engine.</summary>
    /// <param name="configure">
    /// Called before each dial, on a pool thread, with the options of the new socket: a proxy, certificates, headers. What it
    /// throws is the error of that dial. Default: nothing is changed.
    /// </param>
    public WebsocketClientTransport(Action<ClientWebSocketOptions>? configure = null)
        : this(configure, ArrayPool<byte>.Shared)
    {
    }

    internal WebsocketClientTransport(Action<ClientWebSocketOptions>? configure, ArrayPool<byte> pool)
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
        return new LinkDial(address, given => OpenAsync(address, maxFrameBytes, given));
    }

    private async Task<ILink> OpenAsync(Uri address, int maxFrameBytes, CancellationToken given)
    {
        WebsocketClient engine = null!;
        WebsocketClientLink? link = null;
        engine = Engine.Make(address, async to =>
        {
            var (socket, hasReadAhead) = await SocketConnector.ConnectAsync(to, _configure, _pool, given).ConfigureAwait(false);
            link = new WebsocketClientLink(engine, socket, hasReadAhead, new FrameBatch(_pool, maxFrameBytes));
            return link.Socket;
        });
        try
        {
            await Engine.StartAsync(engine).ConfigureAwait(false);
            return link!;
        }
        catch
        {
            link?.Abort();
            engine.Dispose();
            throw;
        }
    }
}
