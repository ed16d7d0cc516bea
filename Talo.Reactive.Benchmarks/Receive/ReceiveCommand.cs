using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Talo.Reactive.Benchmarks.Report;

namespace Talo.Reactive.Benchmarks.Receive;

/// <summary>Runs groups of cases, prints them as tables and keeps the results for the chart.</summary>
internal static class ReceiveCommand
{
    internal static async Task RunAsync(string verb, IReadOnlyList<CaseGroup> groups, bool quick)
    {
        var results = await new Interleaved(Effort.Of(quick)).RunAsync([.. groups.SelectMany(static x => x.Cases)]);
        ReceiveReport.Print(groups, results);
        Artifacts.Write(verb, new { machine = Machine.Now(), rounds = results[0].Rounds, groups = groups.Select(group => Group(group, results)) });
    }

    private static object Group(CaseGroup group, IReadOnlyList<Result> results) => new
    {
        id = group.Id,
        title = group.Title,
        rows = group.Cases.Select(one => results.First(x => x.Case == one)).Select(static x => new
        {
            id = x.Case.Id,
            name = x.Case.Name,
            ns = x.Nanoseconds,
            cpuNs = x.CpuNanoseconds,
            bytes = x.Bytes,
            ratio = x.Ratio,
            cpuRatio = x.CpuRatio,
            spread = x.Spread,
        }),
    };
}
