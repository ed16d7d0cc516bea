using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Benchmarks.Frames;
using Talo.Reactive.Benchmarks.Receivers;
using Talo.Reactive.Benchmarks.Report;
using Talo.Reactive.Benchmarks.Sending;

namespace Talo.Reactive.Benchmarks.Cases;

/// <summary>More frames than an observer can take that needs a millisecond for each: where do they wait, and who has the memory?</summary>
internal static class BurstCommand
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    internal static async Task RunAsync(bool quick)
    {
        var frames = quick ? 4_000 : 20_000;
        await using var sender = await SenderProcess.StartAsync();
        var busy = true;
        await using var receiver = new ClientReceiver((client, counter) => client.Channels.Messages.Subscribe(_ =>
        {
            counter.Add();
            if (busy) Thread.Sleep(Slow);
        }));
        await receiver.ConnectAsync(sender);
        busy = false;
        await receiver.ReceiveAsync(Workload.Repeating, 10_000);
        busy = true;

        using var watch = new CancellationTokenSource();
        var before = Memory.Now();
        var peak = PeakAsync(watch.Token);
        var began = Stopwatch.GetTimestamp();
        await receiver.ReceiveAsync(Workload.Repeating, frames);
        var took = Stopwatch.GetElapsedTime(began);
        await watch.CancelAsync();
        Print(frames, took, before, await peak);
    }

    private static async Task<Memory> PeakAsync(CancellationToken stop)
    {
        var peak = Memory.Now();
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Look, CancellationToken.None);
            peak = peak.Or(Memory.Now());
        }

        return peak;
    }

    private static void Print(int frames, TimeSpan took, Memory before, Memory peak)
    {
        Console.WriteLine(Markdown.Table(
            [$"{frames:N0} frames of 1,013 bytes to an observer that takes 1 ms", "KB before", "KB at most", "KB more"],
            [
                ["live objects on the managed heap", .. Row(before.Live, peak.Live)],
                ["working set of the process", .. Row(before.WorkingSet, peak.WorkingSet)],
            ]));
        Console.WriteLine($"All {frames:N0} came, in {took.TotalSeconds:0.0} s; none was dropped. {Machine.Now()}.");
        Artifacts.Write("burst", new { machine = Machine.Now(), frames, seconds = took.TotalSeconds, before, peak });
    }

    private static string[] Row(long before, long peak) =>
        [Markdown.Number(before / 1024.0), Markdown.Number(peak / 1024.0), Markdown.Number((peak - before) / 1024.0)];

    /// <summary>What the process holds, after a collection.</summary>
    private sealed record Memory(long Live, long WorkingSet)
    {
        internal static Memory Now()
        {
            var live = GC.GetTotalMemory(forceFullCollection: true);
            using var process = Process.GetCurrentProcess();
            return new Memory(live, process.WorkingSet64);
        }

        internal Memory Or(Memory other) => new(Math.Max(Live, other.Live), Math.Max(WorkingSet, other.WorkingSet));
    }
}
