using System;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Examples.ChatRoom;

/// <summary>The WebSocket engine that the command line names.</summary>
internal static class Engines
{
    internal static ITransport Choose(string[] arguments) => arguments switch
    {
        [] or ["--engine", "websocket-client"] => new WebsocketClientTransport(),
        ["--engine", "client-websocket"] => new ClientWebSocketTransport(),
        _ => throw new ArgumentException("There is --engine websocket-client (the default) and --engine client-websocket."),
    };
}
