using System;

namespace Talo.Reactive.Loopback.Faults;

/// <summary>What happens to calls under a path: a delay, or an answer.</summary>
internal sealed record HttpFault(string PathPrefix, string? Method)
{
    public TimeSpan Delay { get; init; }

    public TimeSpan Jitter { get; init; }

    public int? Status { get; init; }

    public string Body { get; init; } = "";

    public TimeSpan? RetryAfter { get; init; }

    public bool Concerns(string method, string path) =>
        path.StartsWith(PathPrefix, StringComparison.Ordinal)
        && (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase));
}
