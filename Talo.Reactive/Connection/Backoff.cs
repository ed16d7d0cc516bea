using System;
using Talo.Reactive.Dispatch;

namespace Talo.Reactive.Connection;

/// <summary>Delays between attempts. Pure: the randomness is the caller's.</summary>
internal static class Backoff
{
    // 2^62 times the shortest delay (one tick) is beyond every delay that can be asked for.
    private const int LargestExponent = 62;

    /// <summary>A delay drawn evenly below a ceiling that doubles with each attempt, so that clients that fell together spread out.</summary>
    /// <param name="attempt">0 for the first wait; a negative one counts as 0.</param>
    /// <param name="initial">The ceiling of attempt 0.</param>
    /// <param name="max">The ceiling never rises above this.</param>
    /// <param name="random">From 0 up to, but not including, 1.</param>
    internal static TimeSpan FullJitter(int attempt, TimeSpan initial, TimeSpan max, double random)
    {
        var doubled = initial.Ticks * Math.Pow(2, Math.Clamp(attempt, 0, LargestExponent));
        return Share(doubled < max.Ticks ? TimeSpan.FromTicks((long)doubled) : max, random);
    }

    /// <summary>The wait after a 429: what the server asked for, and jitter above it, since everyone behind one address shares the bucket.</summary>
    /// <param name="retryAfter">What the server asked for.</param>
    /// <param name="maxJitter">The most that is added.</param>
    /// <param name="random">From 0 up to, but not including, 1.</param>
    internal static TimeSpan AfterTooManyRequests(TimeSpan retryAfter, TimeSpan maxJitter, double random) =>
        Saturating.Sum(Share(maxJitter, random), retryAfter);

    private static TimeSpan Share(TimeSpan whole, double random) =>
        // A double has fewer digits than a tick count, so a share of a very long span could round above the whole.
        TimeSpan.FromTicks((long)Math.Min(whole.Ticks * random, Math.Max(0, whole.Ticks - 1)));
}
