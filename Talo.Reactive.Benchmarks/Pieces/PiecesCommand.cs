using System;
using System.IO;
using System.Threading.Tasks;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using Talo.Reactive.Benchmarks.Report;

namespace Talo.Reactive.Benchmarks.Pieces;

/// <summary>The pieces of the way, one at a time, measured by BenchmarkDotNet.</summary>
internal static class PiecesCommand
{
    private static readonly Type[] Pieces =
    [
        typeof(ScanBenchmarks),
        typeof(DecodeBenchmarks),
        typeof(RoutingBenchmarks),
        typeof(PacingBenchmarks),
        typeof(SigningBenchmarks),
        typeof(StorageMergeBenchmarks),
    ];

    internal static Task RunAsync(bool quick)
    {
        var job = Job.Default
            .WithIterationTime(TimeInterval.FromMilliseconds(100))
            .WithWarmupCount(quick ? 2 : 5)
            .WithIterationCount(quick ? 3 : 15)
            // In this process: a project generated for each benchmark would fall under the rules of this repository, which are strict.
            .WithToolchain(InProcessEmitToolchain.Instance);
        var config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddExporter(MarkdownExporter.GitHub)
            .AddLogger(ConsoleLogger.Default)
            .WithArtifactsPath(Path.Combine(Artifacts.Root(), "artifacts", "pieces"))
            .WithOptions(ConfigOptions.JoinSummary);
        BenchmarkRunner.Run(Pieces, config);
        return Task.CompletedTask;
    }
}
