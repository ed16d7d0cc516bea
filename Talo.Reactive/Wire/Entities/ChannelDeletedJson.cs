using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class ChannelDeletedJson
{
    internal static ChannelDeleted Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var channel = Channel.Unknown;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("channel"u8)) channel = ChannelJson.ReadOrUnknown(ref reader);
            else reader.Skip();
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
