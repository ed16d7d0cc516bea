using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class ChannelDeletedJson
{
    internal static ChannelDeleted Read(ref Utf8JsonReader reader) => EventJson.ReadPlain(ref reader, ReadEvent);

    internal static ChannelDeleted ReadEvent(ref EventJson json)
    {
        json.RequireObject();
        var channel = Channel.Unknown;

        while (Token.NextMember(ref json.Reader, out var member))
        {
            if (member.SequenceEqual("channel"u8)) channel = json.Channel();
            else json.Reader.Skip();
        }

        return new ChannelDeleted { Channel = channel };
    }

    internal static void Write(JsonWriter writer, ChannelDeleted entity)
    {
        writer.WriteStartObject();
        writer.Member("channel", entity.Channel, ChannelJson.Write);
        writer.WriteEndObject();
    }
}
