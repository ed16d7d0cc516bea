using System;
using System.Net.Http;
using System.Net.WebSockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Benchmarks.Sending;

namespace Talo.Reactive.Benchmarks.Receivers;

/// <summary>The limit: <see cref="ClientWebSocket"/> in a loop that looks at nothing.</summary>
internal class RawReceiver : IReceiver
{
    private const int BufferBytes = 16 * 1024;

    private readonly ClientWebSocket socket = new();

    /// <summary>Where a frame is received. No frame of a workload is larger.</summary>
    protected byte[] Buffer { get; } = new byte[BufferBytes];

    public async Task ConnectAsync(SenderProcess sender)
    {
        using var connector = Connector();
        await socket.ConnectAsync(sender.Socket, connector, CancellationToken.None);
        await ReceiveFrameAsync();
    }

    public virtual async Task ReceiveAsync(string workload, int count)
    {
        await StartAsync(workload, count);
        // And the frame that ends the run.
        for (var left = count + 1; left > 0;)
        {
            var piece = await socket.ReceiveAsync(Buffer.AsMemory(), CancellationToken.None);
            if (piece.EndOfMessage) left--;
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        GC.SuppressFinalize(this);
        return default;
    }

    protected async Task StartAsync(string workload, int count) => await socket.SendAsync(
        Encoding.UTF8.GetBytes(Commands.StartFrame(workload, count)).AsMemory(), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>The length of the next frame, which is at the start of <see cref="Buffer"/>.</summary>
    protected async ValueTask<int> ReceiveFrameAsync()
    {
        var length = 0;
        while (true)
        {
            var piece = await socket.ReceiveAsync(Buffer.AsMemory(length), CancellationToken.None);
            length += piece.Count;
            if (piece.EndOfMessage) return length;
        }
    }

    protected virtual HttpMessageInvoker? Connector() => null;
}
