using System;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Benchmarks.Frames;

namespace Talo.Reactive.Benchmarks.Sending;

/// <summary>What the sender does on one WebSocket: what it is told to by the frames that it gets.</summary>
internal sealed class SenderSocket(SenderServer server, Socket socket)
{
    private const int LargestWrite = 128 * 1024;

    private static readonly byte[] Echo = ServerFrame.Text(Encoding.UTF8.GetBytes(TaloFrames.Echo));

    private bool echoes;

    internal async Task HearAsync(ReadOnlyMemory<byte> text)
    {
        var span = text.Span;
        // A signature line, if there is one, ends with a line feed.
        var json = text[(span.IndexOf((byte)'\n') + 1)..];
        if (json.Span.StartsWith("""{"req":"v1.channels.message"""u8))
        {
            if (echoes) await socket.SendAsync(Echo);
        }
        else if (json.Span.StartsWith("""{"req":"bench."""u8)) await CommandAsync(json);
        else if (json.Span.StartsWith("""{"req":"v1.players.identify"""u8)) await WriteAsync(TaloFrames.IdentifySuccess(TaloFrames.Player));
        else if (json.Span.StartsWith("""{"protocol":"json"""u8)) await WriteAsync("{}\u001e");
        else if (json.Span.StartsWith("""{"type":1,"target":"start","arguments":["""u8)) await StartHubAsync(json);
        // Anything else is a heartbeat, of ours or of SignalR.
    }

    internal async Task WriteAsync(string text) => await socket.SendAsync(ServerFrame.Text(Encoding.UTF8.GetBytes(text)));

    private async Task CommandAsync(ReadOnlyMemory<byte> json)
    {
        using var command = JsonDocument.Parse(json);
        var data = command.RootElement.GetProperty("data");
        switch (command.RootElement.GetProperty("req").GetString())
        {
            case Commands.Start:
                await WriteAsync(server.Workload(data.GetProperty("workload").GetString()!), data.GetProperty("count").GetInt32());
                await WriteAsync(TaloFrames.End);
                break;
            case Commands.Echo:
                echoes = data.GetProperty("on").GetBoolean();
                break;
            case Commands.Pulse:
                _ = PulseAsync(data.GetProperty("phase").GetInt32(), data.GetProperty("seconds").GetInt32());
                break;
        }
    }

    private async Task StartHubAsync(ReadOnlyMemory<byte> json)
    {
        using var invocation = JsonDocument.Parse(json.TrimEnd((byte)0x1e));
        var arguments = invocation.RootElement.GetProperty("arguments");
        await WriteAsync(server.Workload(arguments[0].GetString()!), arguments[1].GetInt32());
    }

    // On a thread of its own, with blocking writes: nothing is quicker.
    private Task WriteAsync(Workload workload, int frames) => Task.Factory.StartNew(
        () => Write(workload, frames), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Write(Workload workload, int frames)
    {
        while (frames > 0)
        {
            var round = Math.Min(frames, workload.Ends.Length);
            frames -= round;
            var rest = workload.Block.AsSpan(0, workload.Ends[round - 1]);
            while (!rest.IsEmpty) rest = rest[socket.Send(rest[..Math.Min(rest.Length, LargestWrite)])..];
        }
    }

    private async Task PulseAsync(int phaseMilliseconds, int seconds)
    {
        try
        {
            await Task.Delay(phaseMilliseconds);
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
            for (var i = 0; i < seconds; i++)
            {
                await socket.SendAsync(Echo);
                await timer.WaitForNextTickAsync();
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The client has gone.
        }
    }
}
