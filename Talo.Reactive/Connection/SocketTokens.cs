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
    /// A new token of an alias. Where the access key may not make one (<c>write:players</c>), the player is identified again,
    /// which makes one too. Cold.
    /// </summary>
    internal IObservable<string> Renew(PlayerAlias alias) =>
        Create(alias.Id, background: true)
            .Catch((TaloException error) => error.Status == 403 && !IdentifyCall.SpendsTicket(alias.Service)
                ? http.Send(IdentifyCall.Request(alias) with { IsBackground = true }, IdentifyCall.Answer(alias.Id)).Select(static x => x.SocketToken)
                : Observable.Throw<string>(error));

    /// <summary>A new token of an alias; the one before stops working. Cold.</summary>
    internal IObservable<string> Create(int aliasId, bool background) =>
        http.Send(new TaloRequest("POST", "/v1/players/socket-token") { AliasId = aliasId, IsBackground = background }, Read);

    private static string Read(ref Utf8JsonReader reader) => Member.Secret(ref reader, "socketToken"u8);
}
