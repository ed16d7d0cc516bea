using System;

namespace Talo.Reactive.Benchmarks.Receive;

/// <summary>How much time is taken for the figures.</summary>
internal sealed record Effort(int Rounds, int WarmUps, TimeSpan Run)
{
    internal static Effort Full { get; } = new(Rounds: 7, WarmUps: 3, Run: TimeSpan.FromMilliseconds(250));

    internal static Effort Quick { get; } = new(Rounds: 3, WarmUps: 3, Run: TimeSpan.FromMilliseconds(120));

    internal static Effort Of(bool quick) => quick ? Quick : Full;
}
