using System;
using System.Text.Json;
using Talo.Reactive.Http;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Connection;

/// <summary>GET /v1/players/identify: finds or makes a player, and a socket token for it.</summary>
internal static class IdentifyCall
{
    /// <summary>The service of players with a Talo account.</summary>
    internal const string Talo = "talo";

    internal static TaloRequest Request(string service, string identifier) =>
        new("GET", $"/v1/players/identify?service={Uri.EscapeDataString(service)}&identifier={Uri.EscapeDataString(identifier)}");

    /// <summary>Again for an alias that is known: one with a Talo account has to show its session.</summary>
    internal static TaloRequest Request(PlayerAlias alias) =>
        Request(alias.Service, alias.Identifier) with { AliasId = alias.Service == Talo ? alias.Id : null };

    /// <summary>Reads the answer.</summary>
    /// <param name="asked">The alias that it has to be about; null where the call only names a service and an identifier.</param>
    internal static EntityReader<Identified> Answer(int? asked = null) => (ref Utf8JsonReader reader) => Read(ref reader, asked);

    private static Identified Read(ref Utf8JsonReader reader, int? asked)
    {
        PlayerAlias? alias = null;
        string? token = null;
        Token.RequireObject(ref reader);
        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("alias"u8) && reader.TokenType != JsonTokenType.Null) alias = PlayerAliasJson.ReadIdentity(ref reader, asked);
            else if (member.SequenceEqual("socketToken"u8)) token = Member.Secret(ref reader);
            else reader.Skip();
        }

        return new Identified(alias ?? throw Member.Missing("alias"u8), token ?? throw Member.Missing("socketToken"u8));
    }

    /// <summary>With these services the identifier is a ticket of the platform: it is spent, and is not the alias's identifier.</summary>
    internal static bool SpendsTicket(string service) => service is "steam" or "google_play_games" or "game_center";

    internal sealed record Identified(PlayerAlias Alias, string SocketToken);
}
