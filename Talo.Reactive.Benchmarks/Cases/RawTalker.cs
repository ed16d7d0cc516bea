using System;
using System.Net.WebSockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Benchmarks.Frames;
using Talo.Reactive.Benchmarks.Sending;

namespace Talo.Reactive.Benchmarks.Cases;

/// <summary>The bare <see cref="ClientWebSocket"/> that says the same.</summary>
internal sealed class RawTalker : IDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly byte[] buffer = new byte[4 * 1024];
    private readonly byte[] said = Encoding.UTF8.GetBytes(
        $$$"""{"req":"v1.channels.message","data":{"channel":{"id":{{{Talker.Room}}}},"message":"{{{TaloFrames.Said}}}"}}""");

    internal static async Task<RawTalker> ConnectAsync(SenderProcess sender, bool echoes)
    {
        var talker = new RawTalker();
        await talker.socket.ConnectAsync(sender.Socket, CancellationToken.None);
        await talker.HearAsync();
        await talker.SendAsync(Encoding.UTF8.GetBytes(Commands.EchoFrame(echoes)));
        return talker;
    }

    internal ValueTask SayAsync() => SendAsync(said);

    internal async ValueTask HearAsync()
    {
        while (!(await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)).EndOfMessage)
        {
        }
    }

    /// <summary>As <see cref="HearAsync"/>.</summary>
    /// <returns>False when it was disposed meanwhile.</returns>
    internal async Task<bool> TryHearAsync()
    {
        try
        {
            await HearAsync();
            return true;
        }
        catch (Exception error) when (error is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        socket.Abort();
        socket.Dispose();
    }

    private ValueTask SendAsync(byte[] frame) => socket.SendAsync(frame.AsMemory(), WebSocketMessageType.Text, true, CancellationToken.None);
}
