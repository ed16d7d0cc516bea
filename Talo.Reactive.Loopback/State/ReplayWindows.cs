using System;
using System.Collections.Generic;

namespace Talo.Reactive.Loopback.State;

/// <summary>What each alias has signed lately; HTTP calls and socket frames share it.</summary>
internal sealed class ReplayWindows
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(600);
    private const double MaxBehindLatestMs = 60_000;
    private const double MaxClockErrorMs = 300_000;

    private readonly Dictionary<string, Signed> byAlias = new(StringComparer.Ordinal);

    /// <summary>
    /// The comparisons are those of JavaScript: a timestamp that is not a number is NaN, and NaN passes all of them.
    /// </summary>
    public bool TryAccept(string alias, string rid, double timestamp, DateTimeOffset now)
    {
        if (!byAlias.TryGetValue(alias, out var signed))
            byAlias.Add(alias, signed = new());
        signed.Forget(now);

        double nowMs = now.ToUnixTimeMilliseconds();
        if (signed.Latest is { } latest && latest - timestamp > MaxBehindLatestMs)
            return false;
        if (Math.Abs(nowMs - timestamp) > MaxClockErrorMs)
            return false;
        if (!signed.Rids.TryAdd(rid, now + Memory))
            return false;
        signed.Latest = Math.Min(Math.Max(signed.Latest ?? 0, timestamp), nowMs);
        signed.LatestExpires = now + Memory;
        return true;
    }

    private sealed class Signed
    {
        public Dictionary<string, DateTimeOffset> Rids { get; } = new(StringComparer.Ordinal);
        public double? Latest { get; set; }
        public DateTimeOffset LatestExpires { get; set; }

        public void Forget(DateTimeOffset now)
        {
            if (now >= LatestExpires)
                Latest = null;
            foreach (var (rid, expires) in Rids)
            {
                if (now >= expires)
                    Rids.Remove(rid);
            }
        }
    }
}
