using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class ChannelPlayerJoinedJson
{
    internal static ChannelPlayerJoined Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var channel = Channel.Unknown;
        PlayerAlias? playerAlias = null;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("channel"u8)) channel = ChannelJson.ReadOrUnknown(ref reader);
            else if (member.SequenceEqual("playerAlias"u8)) playerAlias = Token.Object(ref reader, PlayerAliasJson.Read);
            else reader.Skip();
        }

        return new ChannelPlayerJoined { Channel = channel, PlayerAlias = playerAlias };
    }

    internal static void Write(JsonWriter writer, ChannelPlayerJoined entity)
    {
        writer.WriteStartObject();
        writer.Member("channel", entity.Channel, ChannelJson.Write);
        if (entity.PlayerAlias is not null) writer.Member("playerAlias", entity.PlayerAlias, PlayerAliasJson.Write);
        writer.WriteEndObject();
    }
}
