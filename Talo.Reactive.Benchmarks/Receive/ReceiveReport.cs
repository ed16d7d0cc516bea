using System;
using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Benchmarks.Report;

namespace Talo.Reactive.Benchmarks.Receive;

/// <summary>The results of a table of cases, as Markdown.</summary>
internal static class ReceiveReport
{
    private const double Unsteady = 0.25;

    internal static void Print(IReadOnlyList<CaseGroup> groups, IReadOnlyList<Result> results)
    {
        foreach (var group in groups)
        {
            Console.WriteLine();
            Console.Write(Table(group, results));
        }

        Console.WriteLine();
        Console.WriteLine($"Medians of {results[0].Rounds} rounds in turn; ratios are medians of each round's own. {Machine.Now()}.");
        if (Doubts(results) is { Length: > 0 } doubts) Console.WriteLine(doubts);
    }

    private static string Table(CaseGroup group, IReadOnlyList<Result> results) => Markdown.Table(
        [group.Title, "ns", "ratio", "CPU ns", "CPU ratio", "bytes"],
        group.Cases.Select(one => Row(results.First(x => x.Case == one))));

    private static IReadOnlyList<string> Row(Result result) =>
    [
        result.Case.Name,
        Markdown.Number(result.Nanoseconds),
        Markdown.Ratio(result.Ratio),
        Markdown.Number(result.CpuNanoseconds),
        Markdown.Ratio(result.CpuRatio),
        Markdown.Number(result.Bytes),
    ];

    /// <summary>Says where the rounds differ so much that the machine was busy with something else.</summary>
    private static string Doubts(IReadOnlyList<Result> results)
    {
        var unsteady = results.Where(static x => x.Spread > Unsteady).ToArray();
        if (unsteady.Length == 0) return "";
        var load = Machine.Load() is { } averages ? $" Load: {averages}." : "";
        return $"Rounds differ by more than {Unsteady:P0} in {unsteady.Length} of {results.Count} cases (most: "
            + string.Join(", ", unsteady.OrderByDescending(static x => x.Spread).Take(3).Select(static x => $"{x.Case.Id} {x.Spread:P0}"))
            + $"): something else had the cores. Trust the ratios more than the times, or run it again.{load}";
    }
}
