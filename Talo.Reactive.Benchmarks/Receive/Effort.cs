using System;

namespace Talo.Reactive.Benchmarks.Receive;

/// <summary>How much time is taken for the figures.</summary>
/// <param name="LeastRounds">So many rounds in any case.</param>
/// <param name="MostRounds">So many where there is time for them.</param>
/// <param name="Enough">After that no further round begins.</param>
/// <param name="WarmUps">Runs of each case before the first round.</param>
/// <param name="Run">How long a run of one case takes, about.</param>
internal sealed record Effort(int LeastRounds, int MostRounds, TimeSpan Enough, int WarmUps, TimeSpan Run)
{
    internal static Effort Full { get; } = new(15, 21, TimeSpan.FromSeconds(180), 3, TimeSpan.FromMilliseconds(250));

    internal static Effort Quick { get; } = new(3, 5, TimeSpan.FromSeconds(20), 3, TimeSpan.FromMilliseconds(120));

    internal static Effort Of(bool quick) => quick ? Quick : Full;

    internal bool WantsRound(int done, TimeSpan elapsed) => done < LeastRounds || (done < MostRounds && elapsed < Enough);
}
