using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class PlayerGroupJson
{
    internal static PlayerGroup Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var id = "";
        var name = "";

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("id"u8)) id = Token.Text(ref reader);
            else if (member.SequenceEqual("name"u8)) name = Token.Text(ref reader);
            else reader.Skip();
        }

        return new PlayerGroup { Id = id, Name = name };
    }

    internal static void Write(JsonWriter writer, PlayerGroup entity)
    {
        writer.WriteStartObject();
        writer.Member("id", entity.Id);
        writer.Member("name", entity.Name);
        writer.WriteEndObject();
    }
}
