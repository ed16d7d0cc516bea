using System;
using System.Text.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Outbound;

/// <summary>What the client has to know of a request that the game made itself.</summary>
internal static class GameRequest
{
    /// <summary>Where a channel message goes and what it says. The server refuses one that says neither: its error is no other's.</summary>
    internal static ChannelText Text(byte[] payload) => InData(payload, ReadText, new ChannelText(0, ""));

    /// <summary>The alias that an identify request names; null where the server will refuse it for naming none.</summary>
    internal static int? Alias(byte[] payload) => InData(payload, ReadAlias, null);

    private static T InData<T>(byte[] payload, EntityReader<T> read, T otherwise)
    {
        try
        {
            return Payload.Read(payload, (ref Utf8JsonReader reader) =>
            {
                var found = otherwise;
                Token.RequireObject(ref reader);
                while (Token.NextMember(ref reader, out var member))
                {
                    if (member.SequenceEqual("data"u8)) found = read(ref reader);
                    else reader.Skip();
                }

                return found;
            });
        }
        catch (TaloPayloadException)
        {
            return otherwise;
        }
    }

    private static ChannelText ReadText(ref Utf8JsonReader reader)
    {
        var text = new ChannelText(0, "");
        Token.RequireObject(ref reader);
        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("message"u8)) text = text with { Message = Token.Text(ref reader) };
            else if (member.SequenceEqual("channel"u8)) text = text with { ChannelId = ReadId(ref reader) };
            else reader.Skip();
        }

        return text;
    }

    private static int ReadId(ref Utf8JsonReader reader)
    {
        var id = 0;
        Token.RequireObject(ref reader);
        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("id"u8)) id = Token.Int32(ref reader);
            else reader.Skip();
        }

        return id;
    }

    private static int? ReadAlias(ref Utf8JsonReader reader)
    {
        int? alias = null;
        Token.RequireObject(ref reader);
        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("playerAliasId"u8)) alias = Token.Int32OrNull(ref reader);
            else reader.Skip();
        }

        return alias;
    }
}
