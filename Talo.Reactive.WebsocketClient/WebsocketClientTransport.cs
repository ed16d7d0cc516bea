using System;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Transport;

/// <summary>
/// The engine of the Websocket.Client package: opens links on its <c>WebsocketClient</c>. Safe for use from any thread, by any
/// number of clients.
/// </summary>
/// <remarks>
/// <para>
/// For a game that already stands on Websocket.Client. It does what <see cref="ClientWebSocketTransport"/> does and runs
/// wherever that one runs, but costs more time and memory a message; a game without a reason should keep the default.
/// </para>
/// <para>
/// Each link has a <c>WebsocketClient</c> of its own, which lives as long as the link. Reconnecting is the business of
/// <see cref="TaloClient"/>, so everything in the engine that reconnects is off, and so are its timers.
/// </para>
/// <para>A link calls its observer from a pool thread and never captures a <see cref="SynchronizationContext"/>.</para>
/// </remarks>
/// <example>
/// <code>
/// var options = new TaloClientOptions { AccessKey = key, Transport = new WebsocketClientTransport() };
/// </code>
/// </example>
public sealed class WebsocketClientTransport : ITransport
{
    private readonly Action<ClientWebSocketOptions>? _configure;

    /// <summary>Makes the engine.</summary>
    /// <param name="configure">
    /// Called before each dial, on a pool thread, with the options of the new socket: a proxy, certificates, headers. What it
    /// throws is the error of that dial. Default: nothing is changed.
    /// </param>
    public WebsocketClientTransport(Action<ClientWebSocketOptions>? configure = null) => _configure = configure;

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
        var socket = new EngineSocket(maxFrameBytes, _configure);
        var engine = Engine.Make(address, socket, given);
        var link = new WebsocketClientLink(engine, socket);
        try
        {
            await Engine.StartAsync(engine).ConfigureAwait(false);
            return link;
        }
        catch
        {
            link.Abort();
            engine.Dispose();
            throw;
        }
    }
}
