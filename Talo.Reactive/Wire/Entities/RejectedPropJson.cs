using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class RejectedPropJson
{
    internal static RejectedProp Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var key = "";
        var error = "";
        var message = "";

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("key"u8)) key = Token.Text(ref reader);
            else if (member.SequenceEqual("error"u8)) error = Token.Text(ref reader);
            else if (member.SequenceEqual("message"u8)) message = Token.Text(ref reader);
            else reader.Skip();
        }

        return new RejectedProp { Key = key, Error = error, Message = message };
    }

    internal static void Write(JsonWriter writer, RejectedProp entity)
    {
        writer.WriteStartObject();
        writer.Member("key", entity.Key);
        writer.Member("error", entity.Error);
        writer.Member("message", entity.Message);
        writer.WriteEndObject();
    }
}
