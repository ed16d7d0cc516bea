using System;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Talo.Reactive.Wire;

/// <summary>Outgoing frames, <c>{"req":…,"data":{…}}</c>, as exact UTF-8.</summary>
internal static class FrameWriter
{
    private const int LongestNumber = 11;

    private static ReadOnlySpan<byte> ChannelHead => """{"req":"v1.channels.message","data":{"channel":{"id":"""u8;

    private static ReadOnlySpan<byte> ChannelTail => "},\"message\":\""u8;

    private static ReadOnlySpan<byte> BroadcastHead => "{\"req\":\"v1.player-relationships.broadcast\",\"data\":{\"message\":\""u8;

    private static ReadOnlySpan<byte> TextTail => "\"}}"u8;

    /// <summary>Talo Socket: v1.players.identify. A null session token is left out: the server refuses null.</summary>
    internal static byte[] Identify(int aliasId, string socketToken, string? sessionToken)
    {
        OutgoingText.RequireWhole(socketToken, nameof(socketToken));
        if (sessionToken is not null) OutgoingText.RequireWhole(sessionToken, nameof(sessionToken));
        var alias = $"\"playerAliasId\":{Number(aliasId)}";
        var token = $",\"socketToken\":{OutgoingText.Quoted(socketToken)}";
        var session = sessionToken is null ? "" : $",\"sessionToken\":{OutgoingText.Quoted(sessionToken)}";
        return Frame(Requests.Identify, $"{{{alias}{token}{session}}}");
    }

    /// <summary>Talo Socket: v1.channels.message.</summary>
    internal static byte[] ChannelMessage(int channelId, string text)
    {
        Span<byte> head = stackalloc byte[ChannelHead.Length + LongestNumber + ChannelTail.Length];
        ChannelHead.CopyTo(head);
        Utf8Formatter.TryFormat(channelId, head[ChannelHead.Length..], out var digits);
        ChannelTail.CopyTo(head[(ChannelHead.Length + digits)..]);
        return Around(head[..(ChannelHead.Length + digits + ChannelTail.Length)], text);
    }

    /// <summary>Talo Socket: v1.player-relationships.broadcast.</summary>
    internal static byte[] Broadcast(string text) => Around(BroadcastHead, text);

    /// <summary>Any request. Null data is an empty object.</summary>
    /// <exception cref="ArgumentException">The data does not become a JSON object, or a text in it is not Unicode.</exception>
    [RequiresUnreferencedCode(TaloJson.ForeignTypes)]
    [RequiresDynamicCode(TaloJson.ForeignTypes)]
    internal static byte[] Any(string req, object? data) => Envelope("req", req, data);

    /// <summary>An envelope whose name stands in the given member.</summary>
    [RequiresUnreferencedCode(TaloJson.ForeignTypes)]
    [RequiresDynamicCode(TaloJson.ForeignTypes)]
    internal static byte[] Envelope(string member, string name, object? data)
    {
        OutgoingText.RequireWhole(name, member);
        var json = data is null ? "{}"u8.ToArray() : TaloJson.ToUtf8(data);
        if (!IsObject(json))
        {
            throw new ArgumentException(
                $"The data of a Talo message is a JSON object of at most {Payload.MaxDepth} levels, and "
                + $"{data!.GetType().Name} does not become one. Give an object with named members, a dictionary or a JObject.",
                nameof(data));
        }

        var head = Encoding.UTF8.GetBytes($"{{\"{member}\":{OutgoingText.Quoted(name)},\"data\":");
        var frame = new byte[head.Length + json.Length + 1];
        head.CopyTo(frame, 0);
        json.CopyTo(frame, head.Length);
        frame[^1] = (byte)'}';
        return frame;
    }

    // A JRaw, or a converter of the game, can write anything: the server would answer it with ROUTING_ERROR and no cause.
    private static bool IsObject(byte[] json)
    {
        if (json.Length == 0) return false;
        try
        {
            // What may follow the object are blanks, or the members of an envelope, which is not what this is.
            return Array.IndexOf(json, (byte)',', Payload.Measure(json)) < 0;
        }
        catch (TaloPayloadException)
        {
            return false;
        }
    }

    /// <summary>What players say is what goes out most, so it is written once, to where it stays.</summary>
    private static byte[] Around(ReadOnlySpan<byte> head, string text)
    {
        OutgoingText.RequireWhole(text, nameof(text));
        var escaped = OutgoingText.Escaped(text);
        var frame = new byte[head.Length + Encoding.UTF8.GetByteCount(escaped) + TextTail.Length];
        head.CopyTo(frame);
        var length = Encoding.UTF8.GetBytes(escaped, frame.AsSpan(head.Length));
        TextTail.CopyTo(frame.AsSpan(head.Length + length));
        return frame;
    }

    private static byte[] Frame(string req, string data) => Encoding.UTF8.GetBytes($"{{\"req\":\"{req}\",\"data\":{data}}}");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
