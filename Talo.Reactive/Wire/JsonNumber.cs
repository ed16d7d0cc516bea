using System;
using System.Buffers.Text;
using System.Globalization;

namespace Talo.Reactive.Wire;

/// <summary>The numbers of JSON as Newtonsoft has them: a double where there is a point or an exponent, else a long.</summary>
internal static class JsonNumber
{
    private const int Longest = 64;

    /// <summary>Whether it is one of the two. Longer ones become numbers of other kinds.</summary>
    internal static bool IsPlain(ReadOnlySpan<byte> number) =>
        IsInteger(number) ? TryInt64(number, out _) : TryDouble(number, out _);

    internal static bool IsInteger(ReadOnlySpan<byte> number) => number.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0;

    internal static long Int64(ReadOnlySpan<byte> plain) => TryInt64(plain, out var value) ? value : 0;

    internal static double Double(ReadOnlySpan<byte> plain) => TryDouble(plain, out var value) ? value : 0;

    private static bool TryInt64(ReadOnlySpan<byte> number, out long value) =>
        Utf8Parser.TryParse(number, out value, out var consumed) && consumed == number.Length;

    // Not Utf8Parser, which older runtimes round otherwise.
    private static bool TryDouble(ReadOnlySpan<byte> number, out double value)
    {
        value = 0;
        if (number.Length > Longest) return false;

        Span<char> text = stackalloc char[number.Length];
        for (var i = 0; i < text.Length; i++) text[i] = (char)number[i];
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
