using System;

namespace Talo.Reactive.Connection;

/// <summary>How long to wait before the next try; null to give up.</summary>
internal sealed class RetryPolicy
{
    /// <summary>Longer than anybody waits, and short enough for every timer.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly Settings settings;
    private readonly Action<Exception> policyThrew;

    internal RetryPolicy(Settings settings, Action<Exception> policyThrew)
    {
        this.settings = settings;
        this.policyThrew = policyThrew;
    }

    /// <param name="attempt">How many tries in a row have failed: 1 after the first.</param>
    /// <param name="cause">Why the last one did.</param>
    /// <param name="atLeast">What the server asked for; null where it did not.</param>
    /// <param name="atOnce">Whether there is reason to believe that a try without any wait succeeds.</param>
    internal TimeSpan? Next(int attempt, ConnectionCause cause, TimeSpan? atLeast, bool atOnce = false)
    {
        var suggested = Suggested(attempt, atLeast, atOnce);
        if (settings.Reconnect.Policy is not { } own) return suggested;
        try
        {
            return own(new ReconnectContext(attempt, cause, suggested)) is { } wait
                ? Bounded(wait)
                : null;
        }
        catch (Exception error)
        {
            policyThrew(error);
            return suggested;
        }
    }

    internal static TimeSpan Bounded(TimeSpan wait) =>
        wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;

    private TimeSpan? Suggested(int attempt, TimeSpan? atLeast, bool atOnce)
    {
        var options = settings.Reconnect;
        if (options.MaxAttempts is { } most && attempt >= most) return null;
        if (atOnce) return TimeSpan.Zero;
        return atLeast is { } asked
            ? Bounded(Backoff.AfterTooManyRequests(asked, options.RateLimitJitter, settings.NextRandom()))
            : Backoff.FullJitter(attempt - 1, options.InitialDelay, options.MaxDelay, settings.NextRandom());
    }
}
