using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Talo.Reactive.Benchmarks.Frames;
using Talo.Reactive.Benchmarks.Report;
using Talo.Reactive.Benchmarks.Sending;

namespace Talo.Reactive.Benchmarks.Cases;

/// <summary>From a send to its echo: of a raw socket, and of a client to an observer of <c>Channels.Messages</c>. In blocks, by turns.</summary>
internal static class LatencyCommand
{
    private const int Block = 250;
    private const int WarmUpBlocks = 4;

    internal static async Task RunAsync(bool quick)
    {
        await using var sender = await SenderProcess.StartAsync();
        using var raw = await RawTalker.ConnectAsync(sender, echoes: true);
        using var client = await Talker.ConnectAsync(sender, signed: false, echoes: true);
        var echo = new EchoWait();
        using var heard = client.Channels.Messages.Subscribe(_ => echo.Heard());

        var ofRaw = new List<double>();
        var ofClient = new List<double>();
        for (var block = -WarmUpBlocks; block < (quick ? 8 : 40); block++)
        {
            var isWarm = block >= 0;
            for (var i = 0; i < Block; i++) Add(isWarm, ofRaw, await RawAsync(raw));
            for (var i = 0; i < Block; i++) Add(isWarm, ofClient, await ClientAsync(client, echo));
        }

        Print(ofRaw, ofClient);
    }

    private static async Task<double> RawAsync(RawTalker raw)
    {
        var began = Stopwatch.GetTimestamp();
        await raw.SayAsync();
        await raw.HearAsync();
        return Stopwatch.GetElapsedTime(began).TotalMicroseconds;
    }

    private static async Task<double> ClientAsync(TaloClient client, EchoWait echo)
    {
        var heard = echo.Next();
        var began = Stopwatch.GetTimestamp();
        var sent = client.Channels.SendMessageAsync(Talker.Room, TaloFrames.Said);
        var at = await heard;
        await sent;
        return Stopwatch.GetElapsedTime(began, at).TotalMicroseconds;
    }

    private static void Add(bool isWarm, List<double> to, double microseconds)
    {
        if (isWarm) to.Add(microseconds);
    }

    private static void Print(List<double> raw, List<double> client)
    {
        double Of(List<double> times, double share) => times.Order().ElementAt((int)(times.Count * share));
        var shares = new[] { 0.5, 0.9, 0.99, 0.999 };
        Console.WriteLine(Markdown.Table(
            ["Send to echo, µs", "p50", "p90", "p99", "p99.9"],
            [
                ["raw `ClientWebSocket`", .. shares.Select(share => Markdown.Number(Of(raw, share)))],
                ["`SendMessageAsync` to `Channels.Messages`", .. shares.Select(share => Markdown.Number(Of(client, share)))],
                ["ratio", .. shares.Select(share => Markdown.Ratio(Of(client, share) / Of(raw, share)))],
            ]));
        Console.WriteLine($"{raw.Count:N0} each. {Machine.Now()}. Load: {Machine.Load() ?? "unknown"}.");
        Artifacts.Write("latency", new
        {
            machine = Machine.Now(),
            count = raw.Count,
            rows = shares.Select(share => new { share, rawMicroseconds = Of(raw, share), clientMicroseconds = Of(client, share) }),
        });
    }

    /// <summary>When the next echo reached the observer, which is before anybody who waits for it has a thread.</summary>
    private sealed class EchoWait
    {
        private TaskCompletionSource<long> wait = new();

        internal Task<long> Next()
        {
            wait = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            return wait.Task;
        }

        internal void Heard() => wait.TrySetResult(Stopwatch.GetTimestamp());
    }
}
