using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class ChannelMessageJson
{
    internal static ChannelMessage Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var channel = Channel.Unknown;
        var message = "";
        var playerAlias = PlayerAlias.Unknown;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("channel"u8)) channel = ChannelJson.ReadOrUnknown(ref reader);
            else if (member.SequenceEqual("message"u8)) message = Token.Text(ref reader);
            else if (member.SequenceEqual("playerAlias"u8)) playerAlias = PlayerAliasJson.ReadOrUnknown(ref reader);
            else reader.Skip();
        }

        return new ChannelMessage { Channel = channel, Message = message, PlayerAlias = playerAlias };
    }

    internal static void Write(JsonWriter writer, ChannelMessage entity)
    {
        writer.WriteStartObject();
        writer.Member("channel", entity.Channel, ChannelJson.Write);
        writer.Member("message", entity.Message);
        writer.Member("playerAlias", entity.PlayerAlias, PlayerAliasJson.Write);
        writer.WriteEndObject();
    }
}
