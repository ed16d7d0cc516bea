using System;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Threading.Tasks;
using Talo.Reactive.Benchmarks.Cases;
using Talo.Reactive.Benchmarks.Sending;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Benchmarks.Receivers;

/// <summary>A <see cref="TaloClient"/> as a game has it, and what the game observes.</summary>
/// <param name="observe">Subscribes, and counts what it hears.</param>
/// <param name="share">How many values are expected for each frame of the workload.</param>
/// <param name="hasSpoken">Whether it has a player, and has sent a message whose echo never comes.</param>
/// <param name="engine">What it stands on; null for the default.</param>
internal sealed class ClientReceiver(
    Func<TaloClient, Counter, IDisposable> observe, double share = 1, bool hasSpoken = false, ITransport? engine = null) : IReceiver
{
    private readonly Counter counter = new();
    private TaloClient? client;
    private IDisposable observed = Disposable.Empty;
    private TaskCompletionSource ended = new();

    public async Task ConnectAsync(SenderProcess sender)
    {
        client = new TaloClient(new TaloClientOptions { AccessKey = "benchmark", ApiUrl = sender.ApiUrl, Transport = engine });
        observed = new CompositeDisposable(
            client.Socket.Errors.Where(static error => error.Req == "bench.end").Subscribe(_ => ended.TrySetResult()),
            client.Socket.Closures.Subscribe(closure => ended.TrySetException(new InvalidOperationException($"The link ended: {closure}"))),
            observe(client, counter));
        await client.Socket.OpenConnectionAsync();
        if (!hasSpoken) return;
        await Talker.IdentifyAsync(client);
        await client.Channels.SendMessageAsync(Talker.Room, "hello");
    }

    public async Task ReceiveAsync(string workload, int count)
    {
        ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        counter.Clear();
        await client!.Socket.SendAsync(Commands.Start, new { workload, count });
        await ended.Task;
        Expect.Count((long)Math.Round(count * share), counter.Value);
    }

    public ValueTask DisposeAsync()
    {
        observed.Dispose();
        client?.Dispose();
        return default;
    }
}
