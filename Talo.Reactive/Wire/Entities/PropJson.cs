using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class PropJson
{
    internal static Prop Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var key = "";
        string? value = null;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("key"u8)) key = Token.Text(ref reader);
            else if (member.SequenceEqual("value"u8)) value = Token.TextOrNull(ref reader);
            else reader.Skip();
        }

        return new Prop { Key = key, Value = value };
    }

    internal static void Write(JsonWriter writer, Prop entity)
    {
        writer.WriteStartObject();
        writer.Member("key", entity.Key);
        writer.Member("value", entity.Value);
        writer.WriteEndObject();
    }
}
