using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class ChannelStorageResultJson
{
    internal static ChannelStorageResult Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var channel = Channel.Unknown;
        var upsertedProps = ValueList<ChannelStorageProp>.Empty;
        var deletedProps = ValueList<ChannelStorageProp>.Empty;
        var failedProps = ValueList<RejectedProp>.Empty;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("channel"u8)) channel = ChannelJson.ReadOrUnknown(ref reader);
            else if (member.SequenceEqual("upsertedProps"u8)) upsertedProps = Token.List(ref reader, ChannelStoragePropJson.Read);
            else if (member.SequenceEqual("deletedProps"u8)) deletedProps = Token.List(ref reader, ChannelStoragePropJson.Read);
            else if (member.SequenceEqual("failedProps"u8)) failedProps = Token.List(ref reader, RejectedPropJson.Read);
            else reader.Skip();
        }

        return new ChannelStorageResult
        {
            Channel = channel,
            UpsertedProps = upsertedProps,
            DeletedProps = deletedProps,
            FailedProps = failedProps,
        };
    }

    internal static void Write(JsonWriter writer, ChannelStorageResult entity)
    {
        writer.WriteStartObject();
        writer.Member("channel", entity.Channel, ChannelJson.Write);
        writer.List("upsertedProps", entity.UpsertedProps, ChannelStoragePropJson.Write);
        writer.List("deletedProps", entity.DeletedProps, ChannelStoragePropJson.Write);
        writer.List("failedProps", entity.FailedProps, RejectedPropJson.Write);
        writer.WriteEndObject();
    }
}
