using System;
using System.Globalization;

namespace Talo.Reactive.Http;

/// <summary>A time in an HTTP header, in the form of today or one of the two obsolete ones.</summary>
internal static class HttpDate
{
    private static readonly string[] Forms = ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    internal static bool TryRead(string? text, out DateTimeOffset date) => DateTimeOffset.TryParseExact(
        text?.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out date);
}
