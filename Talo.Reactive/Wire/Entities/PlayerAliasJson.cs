using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class PlayerAliasJson
{
    internal static PlayerAlias Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var id = 0;
        var service = "";
        var identifier = "";
        var displayName = "";
        var player = Player.Unknown;
        DateTimeOffset? lastSeenAt = null;
        DateTimeOffset? createdAt = null;
        DateTimeOffset? updatedAt = null;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("id"u8)) id = Token.Int32(ref reader);
            else if (member.SequenceEqual("service"u8)) service = AliasServices.Text(ref reader);
            else if (member.SequenceEqual("identifier"u8)) identifier = Token.Text(ref reader);
            else if (member.SequenceEqual("displayName"u8)) displayName = Token.Text(ref reader, identifier);
            else if (member.SequenceEqual("player"u8)) player = PlayerJson.ReadOrUnknown(ref reader);
            else if (member.SequenceEqual("lastSeenAt"u8)) lastSeenAt = Token.Date(ref reader);
            else if (member.SequenceEqual("createdAt"u8)) createdAt = Token.Date(ref reader);
            else if (member.SequenceEqual("updatedAt"u8)) updatedAt = Token.Date(ref reader);
            else reader.Skip();
        }

        return new PlayerAlias
        {
            Id = id,
            Service = service,
            Identifier = identifier,
            DisplayName = displayName,
            Player = player,
            LastSeenAt = lastSeenAt,
            CreatedAt = createdAt,
            UpdatedAt = updatedAt,
        };
    }

    /// <summary>An alias that the game is to play as: it has an id, the one that was asked for where one was.</summary>
    /// <param name="reader">At the alias.</param>
    /// <param name="asked">The id that it has to have; null for any.</param>
    internal static PlayerAlias ReadIdentity(ref Utf8JsonReader reader, int? asked = null)
    {
        var at = reader.TokenStartIndex;
        var alias = Read(ref reader);
        if (alias.Id <= 0) throw new TaloPayloadException("", "", $"it names no player: an alias has a positive id, and this one has {alias.Id}", at);
        if (asked is { } id && alias.Id != id) throw new TaloPayloadException("", "", $"it names alias {alias.Id}, and alias {id} was asked for", at);
        return alias;
    }

    internal static PlayerAlias ReadOrUnknown(ref Utf8JsonReader reader) => Token.Object(ref reader, Read) ?? PlayerAlias.Unknown;

    internal static void Write(JsonWriter writer, PlayerAlias entity)
    {
        writer.WriteStartObject();
        writer.Member("id", entity.Id);
        writer.Member("service", entity.Service);
        writer.Member("identifier", entity.Identifier);
        writer.Member("displayName", entity.DisplayName);
        writer.Member("player", entity.Player, PlayerJson.Write);
        writer.Member("lastSeenAt", entity.LastSeenAt);
        writer.Member("createdAt", entity.CreatedAt);
        writer.Member("updatedAt", entity.UpdatedAt);
        writer.WriteEndObject();
    }
}
