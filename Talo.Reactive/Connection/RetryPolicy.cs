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

    /// <summary>Why the client keeps a call of its own back.</summary>
    internal static ConnectionCause TooManyCalls(string what) => new()
    {
        Kind = ConnectionCauseKind.RateLimited,
        Text = $"{what}, and has to wait: the server asked for a pause, or there were too many HTTP calls within a minute (BackgroundCallOptions)",
    };

    internal static TimeSpan Bounded(TimeSpan wait) =>
        wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;

    /// <summary>The wait before any call is made again: growing with the failures, and never less than what the server asked for.</summary>
    /// <param name="failures">How many tries in a row had failed before this one.</param>
    /// <param name="asked">As in <see cref="Http.RetryAfter"/>; null where the server asked for nothing.</param>
    /// <param name="settings">The delays, and the source of chance.</param>
    internal static TimeSpan Wait(int failures, TimeSpan? asked, Settings settings)
    {
        var options = settings.Reconnect;
        var random = settings.NextRandom();
        var backoff = Backoff.FullJitter(failures, options.InitialDelay, options.MaxDelay, random);
        if (asked is not { } least) return backoff;
        // A server that asks for no wait at all, again and again, is not stormed either.
        var wait = Bounded(Backoff.AfterTooManyRequests(least, options.RateLimitJitter, random));
        return wait > backoff ? wait : backoff;
    }

    private TimeSpan? Suggested(int attempt, TimeSpan? atLeast, bool atOnce)
    {
        if (settings.Reconnect.MaxAttempts is { } most && attempt >= most) return null;
        if (atOnce) return TimeSpan.Zero;
        return Wait(attempt - 1, atLeast, settings);
    }
}
