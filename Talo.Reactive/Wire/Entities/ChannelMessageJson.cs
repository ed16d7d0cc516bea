using System;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class ChannelMessageJson
{
    internal static ChannelMessage Read(ref Utf8JsonReader reader) => EventJson.ReadPlain(ref reader, ReadEvent);

    internal static ChannelMessage ReadEvent(ref EventJson json)
    {
        if (TryReadKnown(ref json, out var message)) return message;
        return ReadMembers(ref json);
    }

    /// <summary>
    /// The layout of the server, from a channel and a player that are known: nearly every message of a chat. What is left of it to
    /// read is the text.
    /// </summary>
    private static bool TryReadKnown(ref EventJson json, [NotNullWhen(true)] out ChannelMessage? message)
    {
        message = null;
        var rest = json.Data;
        if (json.Known is not { } known
            || !TrySkip(ref rest, "{\"channel\":"u8)
            || !TryTake(ref rest, known.Channels, out var channel)
            || !TrySkip(ref rest, ",\"message\":\""u8)
            || PlainText.Length(rest) is not (>= 0 and var length))
        {
            return false;
        }

        var text = rest[..length];
        rest = rest[length..];
        if (!TrySkip(ref rest, "\",\"playerAlias\":"u8) || !TryTake(ref rest, known.Aliases, out var alias) || !rest.SequenceEqual("}"u8)) return false;
        json.SkipToEnd();
        message = new ChannelMessage { Channel = channel, Message = Encoding.ASCII.GetString(text), PlayerAlias = alias };
        return true;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> json, ReadOnlySpan<byte> expected)
    {
        if (!json.StartsWith(expected)) return false;
        json = json[expected.Length..];
        return true;
    }

    private static bool TryTake<T>(ref ReadOnlySpan<byte> json, KnownObjects<T> known, [NotNullWhen(true)] out T? value)
        where T : class
    {
        if (!known.TryGet(json, out value, out var length)) return false;
        json = json[length..];
        return true;
    }

    private static ChannelMessage ReadMembers(ref EventJson json)
    {
        json.RequireObject();
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
