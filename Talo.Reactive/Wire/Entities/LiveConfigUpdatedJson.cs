using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class LiveConfigUpdatedJson
{
    internal static LiveConfigUpdated Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var config = ValueList<Prop>.Empty;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("config"u8)) config = Token.List(ref reader, PropJson.Read);
            else reader.Skip();
        }

        return new LiveConfigUpdated { Config = config };
    }

    internal static void Write(JsonWriter writer, LiveConfigUpdated entity)
    {
        writer.WriteStartObject();
        writer.List("config", entity.Config, PropJson.Write);
        writer.WriteEndObject();
    }
}
