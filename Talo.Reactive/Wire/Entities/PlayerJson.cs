using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class PlayerJson
{
    internal static Player Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var id = "";
        var props = ValueList<Prop>.Empty;
        var aliases = ValueList<PlayerAlias>.Empty;
        var devBuild = false;
        DateTimeOffset? createdAt = null;
        DateTimeOffset? lastSeenAt = null;
        var groups = ValueList<PlayerGroup>.Empty;
        PlayerAuthState? auth = null;
        PlayerPresence? presence = null;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("id"u8)) id = Token.Text(ref reader);
            else if (member.SequenceEqual("props"u8)) props = Token.List(ref reader, PropJson.Read);
            else if (member.SequenceEqual("aliases"u8)) aliases = Token.List(ref reader, PlayerAliasJson.Read);
            else if (member.SequenceEqual("devBuild"u8)) devBuild = Token.Boolean(ref reader);
            else if (member.SequenceEqual("createdAt"u8)) createdAt = Token.Date(ref reader);
            else if (member.SequenceEqual("lastSeenAt"u8)) lastSeenAt = Token.Date(ref reader);
            else if (member.SequenceEqual("groups"u8)) groups = Token.List(ref reader, PlayerGroupJson.Read);
            else if (member.SequenceEqual("auth"u8)) auth = Token.Object(ref reader, PlayerAuthStateJson.Read);
            else if (member.SequenceEqual("presence"u8)) presence = Token.Object(ref reader, PlayerPresenceJson.Read);
            else reader.Skip();
        }

        return new Player
        {
            Id = id,
            Props = props,
            Aliases = aliases,
            DevBuild = devBuild,
            CreatedAt = createdAt,
            LastSeenAt = lastSeenAt,
            Groups = groups,
            Auth = auth,
            Presence = presence,
        };
    }

    internal static Player ReadOrUnknown(ref Utf8JsonReader reader) => Token.Object(ref reader, Read) ?? Player.Unknown;

    internal static void Write(JsonWriter writer, Player entity)
    {
        writer.WriteStartObject();
        writer.Member("id", entity.Id);
        writer.List("props", entity.Props, PropJson.Write);
        if (entity.Aliases.Count > 0) writer.List("aliases", entity.Aliases, PlayerAliasJson.Write);
        writer.Member("devBuild", entity.DevBuild);
        writer.Member("createdAt", entity.CreatedAt);
        writer.Member("lastSeenAt", entity.LastSeenAt);
        writer.List("groups", entity.Groups, PlayerGroupJson.Write);
        if (entity.Auth is not null) writer.Member("auth", entity.Auth, PlayerAuthStateJson.Write);
        writer.Member("presence", entity.Presence, PlayerPresenceJson.WriteInPlayer);
        writer.WriteEndObject();
    }
}
