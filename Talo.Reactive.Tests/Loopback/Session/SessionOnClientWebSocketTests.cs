using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Loopback.Session;

/// <summary>The sessions over real HTTP and real WebSockets, on the lean engine.</summary>
public sealed class SessionOnClientWebSocketTests : LoopbackSessionTests
{
    protected override ITransport Transport { get; } = new ClientWebSocketTransport();
}
