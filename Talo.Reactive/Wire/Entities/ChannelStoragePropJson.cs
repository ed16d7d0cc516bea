using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class ChannelStoragePropJson
{
    internal static ChannelStorageProp Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var key = "";
        var value = "";
        var createdBy = PlayerAlias.Unknown;
        var lastUpdatedBy = PlayerAlias.Unknown;
        DateTimeOffset? createdAt = null;
        DateTimeOffset? updatedAt = null;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("key"u8)) key = Token.Text(ref reader);
            else if (member.SequenceEqual("value"u8)) value = Token.Text(ref reader);
            else if (member.SequenceEqual("createdBy"u8)) createdBy = PlayerAliasJson.ReadOrUnknown(ref reader);
            else if (member.SequenceEqual("lastUpdatedBy"u8)) lastUpdatedBy = PlayerAliasJson.ReadOrUnknown(ref reader);
            else if (member.SequenceEqual("createdAt"u8)) createdAt = Token.Date(ref reader);
            else if (member.SequenceEqual("updatedAt"u8)) updatedAt = Token.Date(ref reader);
            else reader.Skip();
        }

        return new ChannelStorageProp
        {
            Key = key,
            Value = value,
            CreatedBy = createdBy,
            LastUpdatedBy = lastUpdatedBy,
            CreatedAt = createdAt,
            UpdatedAt = updatedAt,
        };
    }

    internal static void Write(JsonWriter writer, ChannelStorageProp entity)
    {
        writer.WriteStartObject();
        writer.Member("key", entity.Key);
        writer.Member("value", entity.Value);
        writer.Member("createdBy", entity.CreatedBy, PlayerAliasJson.Write);
        writer.Member("lastUpdatedBy", entity.LastUpdatedBy, PlayerAliasJson.Write);
        writer.Member("createdAt", entity.CreatedAt);
        writer.Member("updatedAt", entity.UpdatedAt);
        writer.WriteEndObject();
    }
}
