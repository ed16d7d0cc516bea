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

/// <summary>Messages sent one after another, each awaited; nothing comes back.</summary>
internal static class SendCommand
{
    private const int WarmUps = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMicroseconds(2);

    internal static async Task RunAsync(bool quick)
    {
        var rounds = quick ? 3 : 15;
        var messages = quick ? 3_000 : 10_000;
        await using var sender = await SenderProcess.StartAsync();
        using var raw = await RawTalker.ConnectAsync(sender, echoes: false);
        using var plain = await Talker.ConnectAsync(sender, signed: false, echoes: false);
        using var lean = await Talker.ConnectAsync(sender, signed: false, echoes: false, new ClientWebSocketTransport());
        using var signed = await Talker.ConnectAsync(sender, signed: true, echoes: false);
        (string Name, Func<Task> Send)[] ways =
        [
            ("raw `ClientWebSocket`, serialised beforehand", () => raw.SayAsync().AsTask()),
            ("raw, some 2 µs after the one before", () => LaterAsync(raw)),
            ("`SendMessageAsync`", () => plain.Channels.SendMessageAsync(Talker.Room, TaloFrames.Said)),
            ("`SendMessageAsync`, lean engine", () => lean.Channels.SendMessageAsync(Talker.Room, TaloFrames.Said)),
            ("`SendMessageAsync`, signed", () => signed.Channels.SendMessageAsync(Talker.Room, TaloFrames.Said)),
        ];

        var samples = ways.Select(static _ => new List<Sample>()).ToArray();
        for (var round = -WarmUps; round < rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var sample = await Sample.OfAsync(messages, () => ManyAsync(messages, ways[way].Send));
                if (round >= 0) samples[way].Add(sample);
            }
        }

        Print([.. ways.Select(static x => x.Name)], samples);
    }

    private static async Task ManyAsync(int messages, Func<Task> send)
    {
        for (var i = 0; i < messages; i++) await send();
    }

    /// <summary>
    /// A server that is sent to without a pause never falls asleep, and whoever takes a little time for a send has the system wake it
    /// for each: this is the bare socket's part of that.
    /// </summary>
    private static Task LaterAsync(RawTalker raw)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Pause)
        {
        }

        return raw.SayAsync().AsTask();
    }

    private static void Print(string[] names, List<Sample>[] samples)
    {
        static double Of(List<Sample> of, Func<Sample, double> part) => Result.Median(of.Select(part));
        double Ratio(List<Sample> of) => Result.Median(of.Zip(samples[0], static (x, raw) => x.Nanoseconds / raw.Nanoseconds));
        var rows = names.Zip(samples, (name, of) => new
        {
            name,
            ns = Of(of, static x => x.Nanoseconds),
            cpuNs = Of(of, static x => x.CpuNanoseconds),
            bytes = Of(of, static x => x.Bytes),
            ratio = Ratio(of),
        }).ToArray();
        Console.WriteLine(Markdown.Table(
            ["A send", "ns", "ratio", "CPU ns", "bytes"],
            rows.Select(static x => (IReadOnlyList<string>)
                [x.name, Markdown.Number(x.ns), Markdown.Ratio(x.ratio), Markdown.Number(x.cpuNs), Markdown.Number(x.bytes)])));
        Console.WriteLine($"{Machine.Now()}. Load: {Machine.Load() ?? "unknown"}.");
        Artifacts.Write("send", new { machine = Machine.Now(), rows });
    }
}
