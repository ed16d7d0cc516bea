using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class PlayerPresenceJson
{
    internal static PlayerPresence Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        PlayerAlias? playerAlias = null;
        var online = false;
        var customStatus = "";
        DateTimeOffset? updatedAt = null;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("playerAlias"u8)) playerAlias = Token.Object(ref reader, PlayerAliasJson.Read);
            else if (member.SequenceEqual("online"u8)) online = Token.Boolean(ref reader);
            else if (member.SequenceEqual("customStatus"u8)) customStatus = Token.Text(ref reader);
            else if (member.SequenceEqual("updatedAt"u8)) updatedAt = Token.Date(ref reader);
            else reader.Skip();
        }

        return new PlayerPresence
        {
            PlayerAlias = playerAlias,
            Online = online,
            CustomStatus = customStatus,
            UpdatedAt = updatedAt,
        };
    }

    internal static PlayerPresence ReadOrUnknown(ref Utf8JsonReader reader) =>
        Token.Object(ref reader, Read) ?? PlayerPresence.Unknown;

    internal static void Write(JsonWriter writer, PlayerPresence entity)
    {
        writer.WriteStartObject();
        writer.Member("playerAlias", entity.PlayerAlias, PlayerAliasJson.Write);
        WriteRest(writer, entity);
    }

    /// <summary>Inside a player, where the server does not repeat the alias.</summary>
    internal static void WriteInPlayer(JsonWriter writer, PlayerPresence entity)
    {
        writer.WriteStartObject();
        if (entity.PlayerAlias is not null) writer.Member("playerAlias", entity.PlayerAlias, PlayerAliasJson.Write);
        WriteRest(writer, entity);
    }

    private static void WriteRest(JsonWriter writer, PlayerPresence entity)
    {
        writer.Member("online", entity.Online);
        writer.Member("customStatus", entity.CustomStatus);
        writer.Member("updatedAt", entity.UpdatedAt);
        writer.WriteEndObject();
    }
}
