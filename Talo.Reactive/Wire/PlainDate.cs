using System;

namespace Talo.Reactive.Wire;

/// <summary>A time in the one way in which the server writes it, 2026-11-22T11:27:37.000Z: an alias alone has four of them.</summary>
internal static class PlainDate
{
    private const int Length = 24;

    /// <summary>False for every other way, right or wrong.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length != Length
            || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != '.' || text[23] != 'Z')
        {
            return false;
        }

        var isRead = TryNumber(text[..4], out var year) & TryNumber(text.Slice(5, 2), out var month) & TryNumber(text.Slice(8, 2), out var day)
            & TryNumber(text.Slice(11, 2), out var hour) & TryNumber(text.Slice(14, 2), out var minute)
            & TryNumber(text.Slice(17, 2), out var second) & TryNumber(text.Slice(20, 3), out var millisecond);
        if (!isRead || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;

        time = new DateTimeOffset(year, month, day, hour, minute, second, millisecond, TimeSpan.Zero);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            var value = digit - '0';
            if (value is < 0 or > 9) return false;
            number = (10 * number) + value;
        }

        return true;
    }
}
