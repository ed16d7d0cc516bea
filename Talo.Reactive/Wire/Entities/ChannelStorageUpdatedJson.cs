using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class ChannelStorageUpdatedJson
{
    internal static ChannelStorageUpdated Read(ref Utf8JsonReader reader) => EventJson.ReadPlain(ref reader, ReadEvent);

    internal static ChannelStorageUpdated ReadEvent(ref EventJson json)
    {
        json.RequireObject();
        var channel = Channel.Unknown;
        var upsertedProps = ValueList<ChannelStorageProp>.Empty;
        var deletedProps = ValueList<ChannelStorageProp>.Empty;

        while (Token.NextMember(ref json.Reader, out var member))
        {
            if (member.SequenceEqual("channel"u8)) channel = json.Channel();
            else if (member.SequenceEqual("upsertedProps"u8)) upsertedProps = Token.List(ref json.Reader, ChannelStoragePropJson.Read);
            else if (member.SequenceEqual("deletedProps"u8)) deletedProps = Token.List(ref json.Reader, ChannelStoragePropJson.Read);
            else json.Reader.Skip();
        }

        return new ChannelStorageUpdated
        {
            Channel = channel,
            UpsertedProps = upsertedProps,
            DeletedProps = deletedProps,
        };
    }

    internal static void Write(JsonWriter writer, ChannelStorageUpdated entity)
    {
        writer.WriteStartObject();
        writer.Member("channel", entity.Channel, ChannelJson.Write);
        writer.List("upsertedProps", entity.UpsertedProps, ChannelStoragePropJson.Write);
        writer.List("deletedProps", entity.DeletedProps, ChannelStoragePropJson.Write);
        writer.WriteEndObject();
    }
}
