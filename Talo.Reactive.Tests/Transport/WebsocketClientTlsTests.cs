using System;
using System.Net.WebSockets;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Transport;

public sealed class WebsocketClientTlsTests : TlsContract
{
    private protected override ITransport CreateTransport(Action<ClientWebSocketOptions>? configure = null) =>
        new WebsocketClientTransport(configure);
}
