using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Talo.Reactive.Benchmarks.Frames;
using Talo.Reactive.Benchmarks.Receive;
using Talo.Reactive.Benchmarks.Report;
using Talo.Reactive.Benchmarks.Sending;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Benchmarks.Cases;

/// <summary>
/// From a send to its echo, in blocks, by turns: of a raw socket, of a raw socket that a loop of its own reads (as any client has
/// it, where the one who sends is not the one who reads), and of a client to an observer of <c>Channels.Messages</c>, on either engine.
/// </summary>
internal static class LatencyCommand
{
    private const int Block = 250;

    // The runtime compiles what it runs a second time, better, in the background: before that the numbers are of its first try.
    private const int WarmUpBlocks = 60;

    internal static async Task RunAsync(bool quick)
    {
        await using var sender = await SenderProcess.StartAsync();
        using var raw = await RawTalker.ConnectAsync(sender, echoes: true);
        using var looped = await RawTalker.ConnectAsync(sender, echoes: true);
        using var client = await Talker.ConnectAsync(sender, signed: false, echoes: true);
        using var lean = await Talker.ConnectAsync(sender, signed: false, echoes: true, new ClientWebSocketTransport());
        var echo = new EchoWait();
        using var heard = client.Channels.Messages.Subscribe(_ => echo.Heard());
        var leanEcho = new EchoWait();
        using var heardLean = lean.Channels.Messages.Subscribe(_ => leanEcho.Heard());
        var loopEcho = new EchoWait();
        _ = ReadAsync(looped, loopEcho);

        var ofRaw = new List<double[]>();
        var ofLoop = new List<double[]>();
        var ofClient = new List<double[]>();
        var ofLean = new List<double[]>();
        for (var block = -WarmUpBlocks; block < (quick ? 9 : 81); block++)
        {
            var isWarm = block >= 0;
            Add(isWarm, ofRaw, await BlockAsync(() => RawAsync(raw)));
            Add(isWarm, ofLoop, await BlockAsync(() => WaitingAsync(loopEcho, () => looped.SayAsync().AsTask())));
            Add(isWarm, ofClient, await BlockAsync(() => WaitingAsync(
                echo, () => client.Channels.SendMessageAsync(Talker.Room, TaloFrames.Said))));
            Add(isWarm, ofLean, await BlockAsync(() => WaitingAsync(
                leanEcho, () => lean.Channels.SendMessageAsync(Talker.Room, TaloFrames.Said))));
        }

        Print(ofRaw, ofLoop, ofClient, ofLean);
    }

    private static async Task<double> RawAsync(RawTalker raw)
    {
        var began = Stopwatch.GetTimestamp();
        await raw.SayAsync();
        await raw.HearAsync();
        return Stopwatch.GetElapsedTime(began).TotalMicroseconds;
    }

    private static async Task ReadAsync(RawTalker talker, EchoWait echo)
    {
        while (await talker.TryHearAsync()) echo.Heard();
    }

    private static async Task<double> WaitingAsync(EchoWait echo, Func<Task> send)
    {
        var heard = echo.Next();
        var began = Stopwatch.GetTimestamp();
        var sent = send();
        var at = await heard;
        await sent;
        return Stopwatch.GetElapsedTime(began, at).TotalMicroseconds;
    }

    /// <returns>The times of a block, the shortest first.</returns>
    private static async Task<double[]> BlockAsync(Func<Task<double>> roundTrip)
    {
        var times = new double[Block];
        for (var i = 0; i < times.Length; i++) times[i] = await roundTrip();
        Array.Sort(times);
        return times;
    }

    private static void Add(bool isWarm, List<double[]> to, double[] block)
    {
        if (isWarm) to.Add(block);
    }

    private static void Print(List<double[]> raw, List<double[]> loop, List<double[]> client, List<double[]> lean)
    {
        static double At(double[] block, double share) => block[(int)(block.Length * share)];
        double Of(List<double[]> blocks, double share) => Result.Median(blocks.Select(block => At(block, share)));
        double Ratio(List<double[]> blocks, double share) => Result.Median(blocks.Zip(raw, (x, y) => At(x, share) / At(y, share)));
        var shares = new[] { 0.5, 0.9, 0.99 };
        IReadOnlyList<string> Row(string name, List<double[]> blocks) =>
            [name, .. shares.Select(share => $"{Markdown.Number(Of(blocks, share))} ({Markdown.Ratio(Ratio(blocks, share))})")];
        Console.WriteLine(Markdown.Table(
            ["Send to echo, µs (ratio to raw)", "p50", "p90", "p99"],
            [
                Row("raw `ClientWebSocket`", raw),
                Row("raw, read by a loop of its own", loop),
                Row("`SendMessageAsync` to `Channels.Messages`", client),
                Row("the same, lean engine", lean),
            ]));
        Console.WriteLine($"Medians of {raw.Count} blocks of {Block} each. {Machine.Now()}. Load: {Machine.Load() ?? "unknown"}.");
        Artifacts.Write("latency", new
        {
            machine = Machine.Now(),
            blocks = raw.Count,
            rows = shares.Select(share => new
            {
                share,
                rawMicroseconds = Of(raw, share),
                loopMicroseconds = Of(loop, share),
                clientMicroseconds = Of(client, share),
                clientRatio = Ratio(client, share),
                leanMicroseconds = Of(lean, share),
                leanRatio = Ratio(lean, share),
            }),
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
