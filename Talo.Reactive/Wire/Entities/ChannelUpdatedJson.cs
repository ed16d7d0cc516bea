using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class ChannelUpdatedJson
{
    internal static ChannelUpdated Read(ref Utf8JsonReader reader) => EventJson.ReadPlain(ref reader, ReadEvent);

    internal static ChannelUpdated ReadEvent(ref EventJson json)
    {
        json.RequireObject();
        var channel = Channel.Unknown;
        var changedProperties = ValueList<string>.Empty;

        while (Token.NextMember(ref json.Reader, out var member))
        {
            if (member.SequenceEqual("channel"u8)) channel = json.Channel();
            else if (member.SequenceEqual("changedProperties"u8)) changedProperties = Token.List(ref json.Reader, Token.Text);
            else json.Reader.Skip();
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
