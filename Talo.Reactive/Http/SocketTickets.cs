using System;
using System.Text.Json;

namespace Talo.Reactive.Http;

/// <summary>Calls for socket tickets: UUIDs that open one connection within 300 s.</summary>
internal sealed class SocketTickets
{
    private readonly TaloHttp http;

    internal SocketTickets(TaloHttp http) => this.http = http;

    /// <summary>A new ticket. Cold.</summary>
    internal IObservable<string> Create() => http.Send(Request, Read);

    /// <summary>A new ticket that the client wants for itself. Cold.</summary>
    /// <param name="held">As in <see cref="TaloRequest.Held"/>.</param>
    /// <param name="begun">As in <see cref="TaloRequest.Begun"/>.</param>
    internal IObservable<string> CreateInTurn(Action<TimeSpan> held, Action begun) =>
        http.Send(Request with { IsBackground = true, Held = held, Begun = begun }, Read);

    /// <summary>The game does not want to wait for what a server asked for.</summary>
    internal void EndPauses() => http.EndPauses();

    private static TaloRequest Request => new("POST", "/v1/socket-tickets");

    private static string Read(ref Utf8JsonReader reader) => Member.Secret(ref reader, "ticket"u8);
}
