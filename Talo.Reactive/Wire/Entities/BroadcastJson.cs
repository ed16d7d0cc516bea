using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class BroadcastJson
{
    internal static Broadcast Read(ref Utf8JsonReader reader) => EventJson.ReadPlain(ref reader, ReadEvent);

    internal static Broadcast ReadEvent(ref EventJson json)
    {
        json.RequireObject();
        var message = "";
        var playerAlias = PlayerAlias.Unknown;

        while (Token.NextMember(ref json.Reader, out var member))
        {
            if (member.SequenceEqual("message"u8)) message = Token.Text(ref json.Reader);
            else if (member.SequenceEqual("playerAlias"u8)) playerAlias = json.Alias();
            else json.Reader.Skip();
        }

        return new Broadcast { Message = message, PlayerAlias = playerAlias };
    }

    internal static void Write(JsonWriter writer, Broadcast entity)
    {
        writer.WriteStartObject();
        writer.Member("message", entity.Message);
        writer.Member("playerAlias", entity.PlayerAlias, PlayerAliasJson.Write);
        writer.WriteEndObject();
    }
}
