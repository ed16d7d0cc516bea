using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class ChannelPlayerLeftJson
{
    internal static ChannelPlayerLeft Read(ref Utf8JsonReader reader) => EventJson.ReadPlain(ref reader, ReadEvent);

    internal static ChannelPlayerLeft ReadEvent(ref EventJson json)
    {
        json.RequireObject();
        var channel = Channel.Unknown;
        var playerAlias = PlayerAlias.Unknown;
        var reason = ChannelLeavingReason.Default;

        while (Token.NextMember(ref json.Reader, out var member))
        {
            if (member.SequenceEqual("channel"u8)) channel = json.Channel();
            else if (member.SequenceEqual("playerAlias"u8)) playerAlias = json.Alias();
            else if (member.SequenceEqual("meta"u8)) reason = ReadReason(ref json.Reader);
            else json.Reader.Skip();
        }

        return new ChannelPlayerLeft { Channel = channel, PlayerAlias = playerAlias, Reason = reason };
    }

    internal static void Write(JsonWriter writer, ChannelPlayerLeft entity)
    {
        writer.WriteStartObject();
        writer.Member("channel", entity.Channel, ChannelJson.Write);
        writer.Member("playerAlias", entity.PlayerAlias, PlayerAliasJson.Write);
        writer.WritePropertyName("meta");
        writer.WriteStartObject();
        writer.Member("reason", (int)entity.Reason);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static ChannelLeavingReason ReadReason(ref Utf8JsonReader reader)
    {
        var reason = ChannelLeavingReason.Default;
        if (reader.TokenType == JsonTokenType.Null) return reason;

        Token.RequireObject(ref reader);
        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("reason"u8)) reason = (ChannelLeavingReason)Token.Int32(ref reader);
            else reader.Skip();
        }

        return reason;
    }
}
