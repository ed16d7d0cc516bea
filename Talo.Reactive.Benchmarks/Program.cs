using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Talo.Reactive.Benchmarks.Cases;
using Talo.Reactive.Benchmarks.Pieces;
using Talo.Reactive.Benchmarks.Receive;
using Talo.Reactive.Benchmarks.Report;
using Talo.Reactive.Benchmarks.Sending;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Benchmarks;

internal static class Program
{
    private const string Usage = """
        dotnet run -c Release --project Talo.Reactive.Benchmarks -- <verb> [--quick] [--lean]
          receive   the whole receive path beside what else one could use; parts of it by their ids: receive one-kind new-typed
          fanout    many subscriptions of channels, many observers of a stream
          latency   from a send to its echo
          burst     more than a slow observer can take
          clients   many clients in one process; --lean: on ClientWebSocketTransport
          send      messages out, signed and not
          pieces    scan, decode, routing, pacing, signing, storage merge (BenchmarkDotNet)
          chart     draws docs/receive.svg from the results of "receive"
        """;

    private static async Task<int> Main(string[] args)
    {
        var quick = args.Contains("--quick");
        var run = args.FirstOrDefault() switch
        {
            SenderServer.Verb => SenderServer.RunAsync(),
            "receive" => ReceiveCommand.RunAsync("receive", Named(ReceiveCases.All(), args), quick),
            "fanout" => ReceiveCommand.RunAsync("fanout", FanoutCases.All(), quick),
            "latency" => LatencyCommand.RunAsync(quick),
            "burst" => BurstCommand.RunAsync(quick),
            "clients" => ClientsCommand.RunAsync(quick, args.Contains("--lean") ? new ClientWebSocketTransport() : null),
            "send" => SendCommand.RunAsync(quick),
            "pieces" => PiecesCommand.RunAsync(quick),
            "chart" => ReceiveChart.DrawAsync(),
            _ => null,
        };
        if (run is null)
        {
            Console.Error.WriteLine(Usage);
            return 1;
        }

        await run;
        return 0;
    }

    /// <summary>The groups and cases that the command line names, each case with its raw loop; all of them where it names none.</summary>
    private static IReadOnlyList<CaseGroup> Named(IReadOnlyList<CaseGroup> groups, string[] args)
    {
        var baselines = groups.SelectMany(static x => x.Cases).Where(x => args.Contains(x.Id)).Select(static x => x.Baseline).ToHashSet();
        var named = groups
            .Select(group => args.Contains(group.Id) ? group : group with { Cases = [.. group.Cases.Where(IsNamed)] })
            .Where(static group => group.Cases.Count > 0)
            .ToArray();
        return named.Length == 0 ? groups : named;

        bool IsNamed(Case one) => args.Contains(one.Id) || baselines.Contains(one.Id);
    }
}
