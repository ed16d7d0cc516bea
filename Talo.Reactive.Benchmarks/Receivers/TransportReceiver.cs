using System;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using System.Text;
using System.Threading.Tasks;
using Talo.Reactive.Benchmarks.Sending;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Benchmarks.Receivers;

/// <summary>An engine without the client on top: a link, and an observer that counts its frames.</summary>
internal sealed class TransportReceiver(ITransport engine) : IReceiver, IObserver<ReadOnlyMemory<byte>>
{
    private const int MaxFrameBytes = 16 * 1024 * 1024;

    private ILink? link;
    private TaskCompletionSource run = new();
    private int left;

    public async Task ConnectAsync(SenderProcess sender)
    {
        var greeted = Expecting(1);
        link = await engine.Dial(sender.Socket, MaxFrameBytes).ToTask();
        link.Frames.Subscribe(this);
        await greeted;
    }

    public async Task ReceiveAsync(string workload, int count)
    {
        var done = Expecting(count + 1);
        await link!.Send(Encoding.UTF8.GetBytes(Commands.StartFrame(workload, count))).ToTask();
        await done;
    }

    public void OnNext(ReadOnlyMemory<byte> value)
    {
        if (--left == 0) run.SetResult();
    }

    public void OnCompleted() => run.TrySetException(new InvalidOperationException($"The link ended: {link!.Closure}"));

    public void OnError(Exception error) => run.TrySetException(error);

    public ValueTask DisposeAsync()
    {
        link?.Abort();
        return default;
    }

    private Task Expecting(int frames)
    {
        left = frames;
        run = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return run.Task;
    }
}
