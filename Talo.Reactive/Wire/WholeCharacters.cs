using System;
using System.Buffers.Text;

namespace Talo.Reactive.Wire;

/// <summary>
/// Replaces escaped halves of surrogate pairs in JSON. They are valid there and the server passes them on, but System.Text.Json
/// throws at them.
/// </summary>
internal static class WholeCharacters
{
    private const int EscapeLength = 6;

    /// <summary>The same JSON, with <c>\ufffd</c> for each half; the bytes themselves where there is none.</summary>
    /// <param name="json">JSON. What is none stays none.</param>
    internal static ReadOnlySpan<byte> In(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf((byte)'\\') < 0 || !JsonText.MayHoldSurrogates(json)) return json;

        var mended = json.ToArray();
        for (var at = 0; at < mended.Length;)
        {
            // In JSON a backslash stands in strings only, and there for itself and what follows.
            if (mended[at] != (byte)'\\') at++;
            else if (!TrySurrogate(mended, at, out var first)) at += 2;
            else if (TrySurrogate(mended, at + EscapeLength, out var second) && char.IsSurrogatePair(first, second))
            {
                at += 2 * EscapeLength;
            }
            else
            {
                "\\ufffd"u8.CopyTo(mended.AsSpan(at));
                at += EscapeLength;
            }
        }

        return mended;
    }

    private static bool TrySurrogate(ReadOnlySpan<byte> json, int at, out char half)
    {
        half = default;
        if (at + EscapeLength > json.Length || !json[at..].StartsWith("\\u"u8)) return false;
        if (!Utf8Parser.TryParse(json.Slice(at + 2, 4), out ushort unit, out _, 'x')) return false;
        half = (char)unit;
        return char.IsSurrogate(half);
    }
}
