using System;
using System.Buffers.Text;

namespace Talo.Reactive.Wire;

/// <summary>A number in a JSON text that is not read yet.</summary>
internal static class NumberIn
{
    private const int LongestNumber = 11;

    /// <summary>Whether its digits are in there somewhere: an event that names a player or channel has the id in it, so without them it does not.</summary>
    internal static bool MayBe(ReadOnlySpan<byte> json, int number)
    {
        Span<byte> digits = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(number, digits, out var length);
        return json.IndexOf(digits[..length]) >= 0;
    }
}
