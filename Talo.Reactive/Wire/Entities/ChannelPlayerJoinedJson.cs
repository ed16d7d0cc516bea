using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class ChannelPlayerJoinedJson
{
    internal static ChannelPlayerJoined Read(ref Utf8JsonReader reader) => EventJson.ReadPlain(ref reader, ReadEvent);

    internal static ChannelPlayerJoined ReadEvent(ref EventJson json)
    {
        json.RequireObject();
        var channel = Channel.Unknown;
        PlayerAlias? playerAlias = null;

        while (Token.NextMember(ref json.Reader, out var member))
        {
            if (member.SequenceEqual("channel"u8)) channel = json.Channel();
            else if (member.SequenceEqual("playerAlias"u8)) playerAlias = json.AliasOrNull();
            else json.Reader.Skip();
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
