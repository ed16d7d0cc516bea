using System;
using System.Globalization;

namespace Talo.Reactive.Loopback.State;

/// <summary>Times as Talo shows and stores them: milliseconds on the wire, whole seconds in its database.</summary>
internal static class Timestamp
{
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The database rounds half up, so that a value read again can be later than the one shown first.</summary>
    public static DateTimeOffset Stored(DateTimeOffset time)
    {
        var ticks = time.UtcTicks + TimeSpan.TicksPerSecond / 2;
        return new DateTimeOffset(ticks - ticks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
    }
}
