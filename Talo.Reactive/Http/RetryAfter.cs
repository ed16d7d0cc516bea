using System;
using System.Globalization;
using System.Linq;

namespace Talo.Reactive.Http;

/// <summary>How long a server asks to wait, made safe: it may be wrong, and so may a proxy in front of it. Pure.</summary>
internal static class RetryAfter
{
    /// <summary>The most that is believed, by every retry.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>What Talo asks for; counts where a 429 does not say, and where what is said cannot be read.</summary>
    private static readonly TimeSpan Unsaid = TimeSpan.FromSeconds(60);

    /// <summary>What a reply asks for; null where it asks for nothing.</summary>
    /// <param name="reply">Of any status. Of several headers the longest that can be read counts.</param>
    /// <param name="serverNow">The server's time, for a date in a reply that does not tell its own.</param>
    internal static TimeSpan? Of(HttpReply reply, DateTimeOffset serverNow)
    {
        var said = reply.Headers.Where(static x => string.Equals(x.Key, "retry-after", StringComparison.OrdinalIgnoreCase)).ToArray();
        if (said.Length == 0) return reply.Status == 429 ? Unsaid : null;
        var now = HttpDate.TryRead(reply.Header("date"), out var date) ? date : serverNow;
        return said.Max(x => Read(x.Value, now)) ?? Unsaid;
    }

    /// <summary>What the server asked for, within the bound; null where a failure says nothing of it.</summary>
    internal static TimeSpan? Of(Exception? error) => error is not TaloException known
        ? null
        : known.RetryAfter is { } asked ? Bounded(asked)
        : known.Status == 429 ? Unsaid : null;

    private static TimeSpan? Read(string? value, DateTimeOffset now)
    {
        var text = value?.Trim() ?? "";
        if (text.Length > 0 && text.All(static x => x is >= '0' and <= '9'))
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? Bounded(TimeSpan.FromSeconds(seconds))
                : Longest;
        }

        return HttpDate.TryRead(text, out var until) ? Bounded(until - now) : null;
    }

    private static TimeSpan Bounded(TimeSpan wait) =>
        wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
}
