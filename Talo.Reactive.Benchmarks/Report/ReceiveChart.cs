using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;

namespace Talo.Reactive.Benchmarks.Report;

/// <summary>Draws <c>docs/receive.svg</c> from the results that <c>receive</c> has left.</summary>
internal static class ReceiveChart
{
    internal static async Task DrawAsync()
    {
        var source = Artifacts.PathOf("receive");
        if (!File.Exists(source)) throw new InvalidOperationException($"There is no {source} yet: run \"receive\" first.");

        var results = JObject.Parse(await File.ReadAllTextAsync(source));
        var group = results["groups"]!.First(static x => (string?)x["id"] == "one-kind");
        var bars = group["rows"]!.Select(static row => new Bar(
            ((string)row["name"]!).Replace("`", "", StringComparison.Ordinal),
            (double)row["ratio"]!,
            $"{Markdown.Ratio((double)row["ratio"]!)}   {Markdown.Number((double)row["ns"]!)} ns, {Markdown.Number((double)row["bytes"]!)} bytes",
            KindOf((string)row["id"]!)));

        var path = Path.Combine(Artifacts.Root(), "docs", "receive.svg");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, BarChart.Svg("Time to receive a channel message of 1,013 bytes, as a multiple of the raw loop", Caption(results), [.. bars]));
        Console.WriteLine($"Drawn to {Path.GetRelativePath(Artifacts.Root(), path)}.");
    }

    private static string Caption(JObject results)
    {
        var machine = results["machine"]!.ToObject<Machine>()!;
        return string.Create(CultureInfo.InvariantCulture, $"Medians of {(int)results["rounds"]!} rounds. {machine}.");
    }

    private static BarKind KindOf(string id) => id switch
    {
        "raw" or "raw-copied" or "raw-64k" => BarKind.Limit,
        "raw-newtonsoft" or "raw-stj" or "jobject" or "signalr" => BarKind.Other,
        _ => BarKind.Ours,
    };
}
