using System;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Examples.ChatRoom;

/// <summary>The WebSocket engine that the command line names.</summary>
internal static class Engines
{
    internal static ITransport Choose(string[] arguments) => arguments switch
    {
        [] or ["--engine", "default"] => new ClientWebSocketTransport(),
#if WITH_WEBSOCKET_CLIENT
        ["--engine", "websocket-client"] => new WebsocketClientTransport(),
#else
        ["--engine", "websocket-client"] => throw new ArgumentException("This build is without it: build with -p:WithWebsocketClient=true."),
#endif
        _ => throw new ArgumentException("There is --engine default and --engine websocket-client."),
    };
}
