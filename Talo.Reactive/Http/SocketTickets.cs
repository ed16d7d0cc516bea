using System;
using System.Text.Json;

namespace Talo.Reactive.Http;

/// <summary>Calls for socket tickets: UUIDs that open one connection within 300 s.</summary>
internal sealed class SocketTickets
{
    private readonly TaloHttp http;

    internal SocketTickets(TaloHttp http) => this.http = http;

    /// <summary>A new ticket. Cold.</summary>
    /// <param name="background">Whether the client wants it for itself.</param>
    internal IObservable<string> Create(bool background) =>
        http.Send(new TaloRequest("POST", "/v1/socket-tickets") { IsBackground = background }, Read);

    private static string Read(ref Utf8JsonReader reader) => Member.Secret(ref reader, "ticket"u8);
}
