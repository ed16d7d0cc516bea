using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class ChannelJson
{
    internal static Channel Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var id = 0;
        var name = "";
        PlayerAlias? owner = null;
        var totalMessages = 0;
        var props = ValueList<Prop>.Empty;
        var autoCleanup = false;
        var @private = false;
        var temporaryMembership = false;
        DateTimeOffset? createdAt = null;
        DateTimeOffset? updatedAt = null;
        int? memberCount = null;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("id"u8)) id = Token.Int32(ref reader);
            else if (member.SequenceEqual("name"u8)) name = Token.Text(ref reader);
            else if (member.SequenceEqual("owner"u8)) owner = Token.Object(ref reader, PlayerAliasJson.Read);
            else if (member.SequenceEqual("totalMessages"u8)) totalMessages = Token.Int32(ref reader);
            else if (member.SequenceEqual("props"u8)) props = Token.List(ref reader, PropJson.Read);
            else if (member.SequenceEqual("autoCleanup"u8)) autoCleanup = Token.Boolean(ref reader);
            else if (member.SequenceEqual("private"u8)) @private = Token.Boolean(ref reader);
            else if (member.SequenceEqual("temporaryMembership"u8)) temporaryMembership = Token.Boolean(ref reader);
            else if (member.SequenceEqual("createdAt"u8)) createdAt = Token.Date(ref reader);
            else if (member.SequenceEqual("updatedAt"u8)) updatedAt = Token.Date(ref reader);
            else if (member.SequenceEqual("memberCount"u8)) memberCount = Token.Int32OrNull(ref reader);
            else reader.Skip();
        }

        return new Channel
        {
            Id = id,
            Name = name,
            Owner = owner,
            TotalMessages = totalMessages,
            Props = props,
            AutoCleanup = autoCleanup,
            Private = @private,
            TemporaryMembership = temporaryMembership,
            CreatedAt = createdAt,
            UpdatedAt = updatedAt,
            MemberCount = memberCount,
        };
    }

    internal static Channel ReadOrUnknown(ref Utf8JsonReader reader) => Token.Object(ref reader, Read) ?? Channel.Unknown;

    internal static void Write(JsonWriter writer, Channel entity)
    {
        writer.WriteStartObject();
        writer.Member("id", entity.Id);
        writer.Member("name", entity.Name);
        writer.Member("owner", entity.Owner, PlayerAliasJson.Write);
        writer.Member("totalMessages", entity.TotalMessages);
        writer.List("props", entity.Props, PropJson.Write);
        writer.Member("autoCleanup", entity.AutoCleanup);
        writer.Member("private", entity.Private);
        writer.Member("temporaryMembership", entity.TemporaryMembership);
        writer.Member("createdAt", entity.CreatedAt);
        writer.Member("updatedAt", entity.UpdatedAt);
        if (entity.MemberCount is { } memberCount) writer.Member("memberCount", memberCount);
        writer.WriteEndObject();
    }
}
