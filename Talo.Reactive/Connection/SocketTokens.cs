using System;
using System.Reactive.Linq;
using System.Text.Json;
using Talo.Reactive.Http;

namespace Talo.Reactive.Connection;

/// <summary>Calls for socket tokens, for the client's own use after the game has identified.</summary>
internal sealed class SocketTokens
{
    private readonly TaloHttp http;

    internal SocketTokens(TaloHttp http) => this.http = http;

    /// <summary>
    /// A new token of an alias, behind the game's own calls. Where the access key may not make one (<c>write:players</c>), the player is identified again,
    /// which makes one too. Cold.
    /// </summary>
    /// <param name="alias">Whose.</param>
    /// <param name="held">As in <see cref="TaloRequest.Held"/>.</param>
    internal IObservable<string> Renew(PlayerAlias alias, Action<TimeSpan> held) =>
        http.Send(Request(alias.Id) with { IsBackground = true, Held = held }, Read)
            .Catch((TaloException error) => error.Status == 403 && !IdentifyCall.SpendsTicket(alias.Service)
                ? http.Send(IdentifyCall.Request(alias) with { IsBackground = true, Held = held }, IdentifyCall.Answer(alias.Id)).Select(static x => x.SocketToken)
                : Observable.Throw<string>(error));

    /// <summary>A new token of an alias; the one before stops working. Cold.</summary>
    internal IObservable<string> Create(int aliasId) => http.Send(Request(aliasId), Read);

    private static TaloRequest Request(int aliasId) => new("POST", "/v1/players/socket-token") { AliasId = aliasId };

    private static string Read(ref Utf8JsonReader reader) => Member.Secret(ref reader, "socketToken"u8);
}
