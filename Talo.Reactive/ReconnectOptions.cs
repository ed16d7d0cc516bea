using System;

namespace Talo.Reactive;

/// <summary>How long the client waits between tries to connect: exponential backoff with full jitter.</summary>
public sealed class ReconnectOptions
{
    /// <summary>The longest wait before the second try; each further try doubles it.</summary>
    /// <value>Default: 1 s.</value>
    public TimeSpan InitialDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The most that the wait grows to.</summary>
    /// <value>Default: 30 s.</value>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection has to live before the count of tries starts anew.</summary>
    /// <value>Default: 30 s.</value>
    public TimeSpan StableAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many tries in a row may fail before the state is <see cref="ConnectionStatus.Failed"/>.</summary>
    /// <value>Default: null, no limit.</value>
    public int? MaxAttempts { get; set; }

    /// <summary>The most that is added at random to the server's <c>Retry-After</c> (which counts for 10 minutes at most), so that players behind one address do not return together.</summary>
    /// <value>Default: 30 s.</value>
    public TimeSpan RateLimitJitter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A policy of one's own: gets what is known, answers how long to wait, or null to give up
    /// (<see cref="ConnectionStatus.Failed"/>). Must be quick, and is not called again for the same wait.
    /// </summary>
    /// <value>Default: null, the policy described above.</value>
    public Func<ReconnectContext, TimeSpan?>? Policy { get; set; }
}
