using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class PresenceUpdatedJson
{
    internal static PresenceUpdated Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var presence = PlayerPresence.Unknown;
        var onlineChanged = false;
        var customStatusChanged = false;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("presence"u8)) presence = PlayerPresenceJson.ReadOrUnknown(ref reader);
            else if (member.SequenceEqual("meta"u8)) (onlineChanged, customStatusChanged) = ReadMeta(ref reader);
            else reader.Skip();
        }

        return new PresenceUpdated
        {
            Presence = presence,
            OnlineChanged = onlineChanged,
            CustomStatusChanged = customStatusChanged,
        };
    }

    internal static void Write(JsonWriter writer, PresenceUpdated entity)
    {
        writer.WriteStartObject();
        writer.Member("presence", entity.Presence, PlayerPresenceJson.Write);
        writer.WritePropertyName("meta");
        writer.WriteStartObject();
        writer.Member("onlineChanged", entity.OnlineChanged);
        writer.Member("customStatusChanged", entity.CustomStatusChanged);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static (bool OnlineChanged, bool CustomStatusChanged) ReadMeta(ref Utf8JsonReader reader)
    {
        var changed = (Online: false, CustomStatus: false);
        if (reader.TokenType == JsonTokenType.Null) return changed;

        Token.RequireObject(ref reader);
        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("onlineChanged"u8)) changed.Online = Token.Boolean(ref reader);
            else if (member.SequenceEqual("customStatusChanged"u8)) changed.CustomStatus = Token.Boolean(ref reader);
            else reader.Skip();
        }

        return changed;
    }
}
