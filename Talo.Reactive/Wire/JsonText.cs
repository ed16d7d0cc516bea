using System;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Talo.Reactive.Wire;

/// <summary>The text of a JSON string or member name.</summary>
/// <remarks>
/// An escaped half of a surrogate pair is valid JSON and the server passes it on, but <see cref="Utf8JsonReader.GetString"/>
/// throws at it: one player's broken emoji must not take a message away from the others, so the half becomes U+FFFD.
/// </remarks>
internal static class JsonText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static string String(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped && MayHoldSurrogates(reader.ValueSpan)
            ? Unescape(reader.ValueSpan, Strict)
            : reader.GetString() ?? "";

    /// <summary>The text as UTF-8: a part of what is read unless it was escaped.</summary>
    internal static ReadOnlySpan<byte> Utf8(scoped ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(String(ref reader)) : reader.ValueSpan;

    internal static bool MayHoldSurrogates(ReadOnlySpan<byte> escaped) =>
        escaped.IndexOf("\\ud"u8) >= 0 || escaped.IndexOf("\\uD"u8) >= 0;

    /// <summary>The text of a string with escapes; what is not UTF-8 is as the encoding has it.</summary>
    internal static string Unescape(ReadOnlySpan<byte> escaped, Encoding encoding)
    {
        var text = new StringBuilder(escaped.Length);
        while (!escaped.IsEmpty)
        {
            var plain = escaped.IndexOf((byte)'\\');
            if (plain < 0) plain = escaped.Length;
            text.Append(encoding.GetString(escaped[..plain]));
            escaped = escaped[plain..];
            if (escaped.IsEmpty) break;

            if (escaped[1] == (byte)'u')
            {
                text.Append(Utf8Parser.TryParse(escaped.Slice(2, 4), out ushort unit, out _, 'x') ? (char)unit : '\uFFFD');
                escaped = escaped[6..];
            }
            else
            {
                text.Append(Short(escaped[1]));
                escaped = escaped[2..];
            }
        }

        return Mended(text);
    }

    private static char Short(byte escape) => (char)escape switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        var itself => itself,
    };

    private static string Mended(StringBuilder text)
    {
        var whole = text.ToString();
        var lone = Surrogates.IndexOfLone(whole, 0);
        if (lone < 0) return whole;

        for (; lone >= 0; lone = Surrogates.IndexOfLone(whole, lone + 1)) text[lone] = '\uFFFD';
        return text.ToString();
    }
}
