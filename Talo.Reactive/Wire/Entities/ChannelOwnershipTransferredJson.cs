using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class ChannelOwnershipTransferredJson
{
    internal static ChannelOwnershipTransferred Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var channel = Channel.Unknown;
        var newOwner = PlayerAlias.Unknown;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("channel"u8)) channel = ChannelJson.ReadOrUnknown(ref reader);
            else if (member.SequenceEqual("newOwner"u8)) newOwner = PlayerAliasJson.ReadOrUnknown(ref reader);
            else reader.Skip();
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
