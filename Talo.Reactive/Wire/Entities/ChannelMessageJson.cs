using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class ChannelMessageJson
{
    internal static ChannelMessage Read(ref Utf8JsonReader reader) => EventJson.ReadPlain(ref reader, ReadEvent);

    internal static ChannelMessage ReadEvent(ref EventJson json)
    {
        Token.RequireObject(ref json.Reader);
        var channel = Channel.Unknown;
        var message = "";
        var playerAlias = PlayerAlias.Unknown;

        while (Token.NextMember(ref json.Reader, out var member))
        {
            if (member.SequenceEqual("channel"u8)) channel = json.Channel();
            else if (member.SequenceEqual("message"u8)) message = Token.Text(ref json.Reader);
            else if (member.SequenceEqual("playerAlias"u8)) playerAlias = json.Alias();
            else json.Reader.Skip();
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
