using System;
using System.Globalization;

namespace Talo.Reactive.Loopback.Json;

/// <summary>
/// JavaScript takes half a surrogate pair in a JSON string, System.Text.Json does not: such an escape becomes that of U+FFFD,
/// which is what the half would be in UTF-8 anyway.
/// </summary>
internal static class UnpairedSurrogates
{
    private const int EscapeLength = 6;

    public static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> json)
    {
        if (json.Span.IndexOf("\\u"u8) < 0)
            return json;
        var repaired = json.ToArray();
        for (var i = 0; i < repaired.Length - 1;)
        {
            if (repaired[i] != '\\')
                i++;
            else if (EscapedAt(repaired.AsSpan(i)) is not { } unit)
                i += 2;
            else if (char.IsHighSurrogate(unit) && EscapedAt(repaired.AsSpan(i + EscapeLength)) is { } next && char.IsLowSurrogate(next))
                i += 2 * EscapeLength;
            else
            {
                if (char.IsSurrogate(unit))
                    "\\ufffd"u8.CopyTo(repaired.AsSpan(i));
                i += EscapeLength;
            }
        }
        return repaired;
    }

    private static char? EscapedAt(ReadOnlySpan<byte> text) =>
        text.Length >= EscapeLength
        && text.StartsWith("\\u"u8)
        && ushort.TryParse(text[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
