using System;

namespace Talo.Reactive.Connection;

/// <summary>How long to wait before the next try; null to give up.</summary>
internal sealed class RetryPolicy
{
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
    internal TimeSpan? Next(int attempt, ConnectionCause cause, TimeSpan? atLeast)
    {
        var suggested = Suggested(attempt, atLeast);
        if (settings.Reconnect.Policy is not { } own) return suggested;
        try
        {
            return own(new ReconnectContext(attempt, cause, suggested)) is { } wait
                ? wait > TimeSpan.Zero ? wait : TimeSpan.Zero
                : null;
        }
        catch (Exception error)
        {
            policyThrew(error);
            return suggested;
        }
    }

    private TimeSpan? Suggested(int attempt, TimeSpan? atLeast)
    {
        var options = settings.Reconnect;
        if (options.MaxAttempts is { } most && attempt >= most) return null;
        return atLeast is { } asked
            ? Backoff.AfterTooManyRequests(asked, options.RateLimitJitter, settings.NextRandom())
            : Backoff.FullJitter(attempt - 1, options.InitialDelay, options.MaxDelay, settings.NextRandom());
    }
}
