using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Benchmarks.Report;
using Talo.Reactive.Benchmarks.Sending;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Benchmarks.Cases;

/// <summary>Many clients in one process, as in a load test or a server of a game: what each costs, idle and at one message a second.</summary>
internal static class ClientsCommand
{
    private const int AtOnce = 32;

    internal static async Task RunAsync(bool quick, ITransport? engine)
    {
        var count = quick ? 500 : 2_000;
        var seconds = quick ? 3 : 10;
        await using var sender = await SenderProcess.StartAsync();
        using var handler = new SocketsHttpHandler();

        // What the first one brings along (code, pools, the HTTP connections) is not the price of a client.
        await using var first = await TalkingClient.ConnectAsync(sender, handler, engine);
        var clients = new TalkingClient[count];
        var before = await Usage.NowAsync();
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
            clients[i] = await TalkingClient.ConnectAsync(sender, handler, engine));
        var connecting = Stopwatch.GetElapsedTime(began);
        var connected = await Usage.NowAsync();

        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var idle = await Usage.NowAsync();
        await Task.WhenAll(clients.Select((client, i) => client.AskForMessagesAsync(i % 1000, seconds)));
        var asked = await Usage.NowAsync();
        await Task.Delay(TimeSpan.FromSeconds(seconds) - Usage.Settling);
        var talking = await Usage.NowAsync();
        var messages = clients.Sum(static x => x.Heard);

        foreach (var client in clients) await client.DisposeAsync();
        var raw = await RawKilobytesAsync(sender, count);
        Print(count, connecting, before, connected, idle, asked, talking, messages, raw);
    }

    /// <summary>What as many bare sockets hold that wait for a frame: on the managed heap, for the rest has been used by then.</summary>
    private static async Task<double> RawKilobytesAsync(SenderProcess sender, int count)
    {
        var sockets = new RawTalker[count];
        var hearing = new Task[count];
        var before = await Usage.NowAsync();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            sockets[i] = await RawTalker.ConnectAsync(sender, echoes: false);
            hearing[i] = sockets[i].TryHearAsync();
        });
        var connected = await Usage.NowAsync();
        foreach (var socket in sockets) socket.Dispose();
        await Task.WhenAll(hearing);
        return (connected.Live - before.Live) / 1024.0 / count;
    }

    private static void Print(
        int count, TimeSpan connecting, Usage before, Usage connected, Usage idle, Usage asked, Usage talking, long messages, double raw)
    {
        double Kilobytes(Func<Usage, long> of, Usage from, Usage to) => (of(to) - of(from)) / 1024.0 / count;
        // From after the one collection to before the other.
        double Micros(Usage from, Usage to) => (to.Reached.Cpu - from.Left.Cpu).TotalMicroseconds / (to.Reached.At - from.Left.At).TotalSeconds / count;
        var figures = new Dictionary<string, double>
        {
            ["managed KB, connected and idle"] = Kilobytes(static x => x.Live, before, idle),
            ["managed KB of a bare `ClientWebSocket` with a buffer of 4 KB, for comparison"] = raw,
            ["working set KB, connected and idle"] = Kilobytes(static x => x.WorkingSet, before, idle),
            ["working set KB at one message a second"] = Kilobytes(static x => x.WorkingSet, before, talking),
            ["µs of processor a second, idle"] = Micros(connected, idle),
            ["µs of processor a second at one message a second"] = Micros(asked, talking),
            ["µs of processor to connect"] = (connected.Reached.Cpu - before.Left.Cpu).TotalMicroseconds / count,
        };
        Console.WriteLine(Markdown.Table(
            [$"{count:N0} clients in one process: each has", ""],
            figures.Select(static x => (IReadOnlyList<string>)[x.Key, x.Value.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)])));
        Console.WriteLine($"Connected in {connecting.TotalSeconds:0.0} s; {messages:N0} messages heard. {Machine.Now()}. Load: {Machine.Load() ?? "unknown"}.");
        Artifacts.Write("clients", new { machine = Machine.Now(), count, connectSeconds = connecting.TotalSeconds, figures });
    }

    private sealed class TalkingClient : IAsyncDisposable
    {
        private readonly TaloClient client;
        private readonly IDisposable heard;
        private long count;

        private TalkingClient(TaloClient client)
        {
            this.client = client;
            heard = client.Channels.Messages.Subscribe(_ => Interlocked.Increment(ref count));
        }

        internal long Heard => Interlocked.Read(ref count);

        internal static async Task<TalkingClient> ConnectAsync(SenderProcess sender, HttpMessageHandler handler, ITransport? engine)
        {
            var client = new TaloClient(new TaloClientOptions
            {
                AccessKey = "benchmark",
                ApiUrl = sender.ApiUrl,
                HttpMessageHandler = handler,
                Transport = engine,
            });
            try
            {
                await client.Socket.OpenConnectionAsync().WaitAsync(TimeSpan.FromSeconds(20));
            }
            catch (TimeoutException)
            {
                throw new InvalidOperationException($"A client did not connect in 20 s: {client.Socket.State}.");
            }

            return new TalkingClient(client);
        }

        internal Task AskForMessagesAsync(int phase, int seconds) => client.Socket.SendAsync(Commands.Pulse, new { phase, seconds });

        public ValueTask DisposeAsync()
        {
            heard.Dispose();
            client.Dispose();
            return default;
        }
    }
}
