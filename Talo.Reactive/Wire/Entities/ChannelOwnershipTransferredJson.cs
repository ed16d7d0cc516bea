using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class ChannelOwnershipTransferredJson
{
    internal static ChannelOwnershipTransferred Read(ref Utf8JsonReader reader) => EventJson.ReadPlain(ref reader, ReadEvent);

    internal static ChannelOwnershipTransferred ReadEvent(ref EventJson json)
    {
        json.RequireObject();
        var channel = Channel.Unknown;
        var newOwner = PlayerAlias.Unknown;

        while (Token.NextMember(ref json.Reader, out var member))
        {
            if (member.SequenceEqual("channel"u8)) channel = json.Channel();
            else if (member.SequenceEqual("newOwner"u8)) newOwner = json.Alias();
            else json.Reader.Skip();
        }

        return new ChannelOwnershipTransferred { Channel = channel, NewOwner = newOwner };
    }

    internal static void Write(JsonWriter writer, ChannelOwnershipTransferred entity)
    {
        writer.WriteStartObject();
        writer.Member("channel", entity.Channel, ChannelJson.Write);
        writer.Member("newOwner", entity.NewOwner, PlayerAliasJson.Write);
        writer.WriteEndObject();
    }
}
