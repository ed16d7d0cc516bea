using System;
using System.Text.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Sessions;

/// <summary>When a JWT was made and when it ends, in Unix seconds as it says itself; null for what it does not say.</summary>
internal readonly record struct TokenTimes(long? IssuedAt, long? ExpiresAt)
{
    /// <summary>Any text: one that is no JWT says nothing.</summary>
    internal static TokenTimes Of(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3) return default;
        var text = parts[1].Replace('-', '+').Replace('_', '/');
        var json = new byte[text.Length];
        if (!Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), json, out var length)) return default;
        try
        {
            return length == 0 ? default : Payload.Read(json.AsSpan(0, length), Read);
        }
        catch (TaloPayloadException)
        {
            return default;
        }
    }

    private static TokenTimes Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var times = default(TokenTimes);
        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("iat"u8)) times = times with { IssuedAt = Seconds(ref reader) };
            else if (member.SequenceEqual("exp"u8)) times = times with { ExpiresAt = Seconds(ref reader) };
            else reader.Skip();
        }

        return times;
    }

    private static long? Seconds(ref Utf8JsonReader reader)
    {
        // Beyond this no time can be counted with.
        const double Most = 253_402_300_799;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var seconds) && seconds is >= 0 and <= Most) return (long)seconds;
        reader.Skip();
        return null;
    }
}
