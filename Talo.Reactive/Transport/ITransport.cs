using System;

namespace Talo.Reactive.Transport;

/// <summary>Opens links: the seam that a WebSocket engine stands behind. It knows no Talo word.</summary>
/// <remarks>
/// The default is <see cref="WebsocketClientTransport"/>. Give another one in <c>TaloClientOptions.Transport</c>: the lean
/// <see cref="ClientWebSocketTransport"/>, one of your own where neither can run (WebGL), or one that plays a script in a test.
/// </remarks>
public interface ITransport
{
    /// <summary>Dials an address. Cold: each subscription is one dial of its own.</summary>
    /// <param name="address">The whole <c>ws</c> or <c>wss</c> address. It may carry a secret in its query: never log it.</param>
    /// <param name="maxFrameBytes">The largest inbound frame to accept, in bytes; a larger one ends the link with 1009.</param>
    /// <returns>
    /// One open link, then completion; an error when it could not be opened. Disposing the subscription before that gives
    /// up the dial; disposing it afterwards does nothing to the link.
    /// </returns>
    IObservable<ILink> Dial(Uri address, int maxFrameBytes);
}
