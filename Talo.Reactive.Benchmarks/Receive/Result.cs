using System.Collections.Generic;
using System.Linq;

namespace Talo.Reactive.Benchmarks.Receive;

/// <summary>What the rounds of a case come to: medians.</summary>
/// <param name="Case">The case.</param>
/// <param name="Nanoseconds">Time for a message.</param>
/// <param name="CpuNanoseconds">Processor time of this process for a message.</param>
/// <param name="Bytes">Allocated for a message.</param>
/// <param name="Ratio">The median of each round's time over the time of the baseline in the same round.</param>
/// <param name="CpuRatio">The same for the processor time: steadier where the machine does other things too.</param>
/// <param name="Rounds">How many rounds there were.</param>
/// <param name="Spread">How far the rounds lie apart: the slowest less the quickest, over the median.</param>
internal sealed record Result(
    Case Case, double Nanoseconds, double CpuNanoseconds, double Bytes, double Ratio, double CpuRatio, int Rounds, double Spread)
{
    internal static IReadOnlyList<Result> Of(IReadOnlyDictionary<Case, IReadOnlyList<Sample>> samples)
    {
        var byId = samples.ToDictionary(static x => x.Key.Id, static x => x.Value);
        return [.. samples.Select(x => Of(x.Key, x.Value, byId[x.Key.Baseline]))];
    }

    internal static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static Result Of(Case one, IReadOnlyList<Sample> samples, IReadOnlyList<Sample> baseline)
    {
        var times = samples.Select(static x => x.Nanoseconds).ToArray();
        var median = Median(times);
        return new Result(
            one,
            median,
            Median(samples.Select(static x => x.CpuNanoseconds)),
            Median(samples.Select(static x => x.Bytes)),
            Median(samples.Zip(baseline, static (x, raw) => x.Nanoseconds / raw.Nanoseconds)),
            Median(samples.Zip(baseline, static (x, raw) => x.CpuNanoseconds / raw.CpuNanoseconds)),
            times.Length,
            (times.Max() - times.Min()) / median);
    }
}
