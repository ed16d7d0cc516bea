using Talo.Reactive.Tests.Loopback.Session;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Loopback.OnWebsocketClient;

/// <summary>The sessions over real HTTP and real WebSockets, on the engine of Websocket.Client.</summary>
public sealed class SessionOnWebsocketClientTests : LoopbackSessionTests
{
    protected override ITransport Transport { get; } = new WebsocketClientTransport();
}
