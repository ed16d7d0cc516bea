using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class ChannelUpdatedJson
{
    internal static ChannelUpdated Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var channel = Channel.Unknown;
        var changedProperties = ValueList<string>.Empty;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("channel"u8)) channel = ChannelJson.ReadOrUnknown(ref reader);
            else if (member.SequenceEqual("changedProperties"u8)) changedProperties = Token.List(ref reader, Token.Text);
            else reader.Skip();
        }

        return new ChannelUpdated { Channel = channel, ChangedProperties = changedProperties };
    }

    internal static void Write(JsonWriter writer, ChannelUpdated entity)
    {
        writer.WriteStartObject();
        writer.Member("channel", entity.Channel, ChannelJson.Write);
        writer.List("changedProperties", entity.ChangedProperties, static (to, text) => to.WriteValue(text));
        writer.WriteEndObject();
    }
}
