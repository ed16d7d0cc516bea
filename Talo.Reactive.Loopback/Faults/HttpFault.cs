using System;

namespace Talo.Reactive.Loopback.Faults;

/// <summary>What happens to calls under a path: a delay, an answer, or both.</summary>
internal sealed record HttpFault(string PathPrefix, TimeSpan Delay, int? Status, string? Body, TimeSpan? RetryAfter)
{
    public bool Concerns(string path) => path.StartsWith(PathPrefix, StringComparison.Ordinal);
}
