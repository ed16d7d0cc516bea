using System;

namespace Talo.Reactive.Wire;

/// <summary>The text of a JSON string that stands for itself: printable ASCII without escapes.</summary>
internal static class PlainText
{
    /// <summary>How many bytes there are up to the closing quote; -1 where the text is not plain, or does not end.</summary>
    internal static int Length(ReadOnlySpan<byte> json)
    {
        var length = json.IndexOfAny((byte)'"', (byte)'\\');
        return length >= 0 && json[length] == (byte)'"' && IsPrintable(json[..length]) ? length : -1;
    }

#if NET8_0_OR_GREATER
    internal static bool IsPrintable(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7e) < 0;
#else
    internal static bool IsPrintable(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (b is < 0x20 or > 0x7e) return false;
        }

        return true;
    }
#endif
}
