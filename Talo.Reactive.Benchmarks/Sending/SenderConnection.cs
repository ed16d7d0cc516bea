using System;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Talo.Reactive.Benchmarks.Frames;

namespace Talo.Reactive.Benchmarks.Sending;

/// <summary>One connection to the sender: HTTP calls, answered one after another, until one of them opens a WebSocket.</summary>
internal sealed class SenderConnection(SenderServer server, Socket socket)
{
    private const int BufferBytes = 8 * 1024;

    private readonly byte[] buffer = new byte[BufferBytes];
    private int count;

    internal async Task RunAsync()
    {
        using (socket)
        {
            try
            {
                while (await ReadRequestAsync() is { } request)
                {
                    if (SmallHttp.SocketKey(request) is { } key)
                    {
                        await WriteAsync(SmallHttp.Upgrade(key));
                        await ServeSocketAsync(isHub: request.StartsWith("GET /hub", StringComparison.Ordinal));
                        return;
                    }

                    await WriteAsync(SmallHttp.Answer(request));
                }
            }
            catch (SocketException)
            {
                // The receiver has gone; there will be others.
            }
            catch (Exception error)
            {
                await Console.Error.WriteLineAsync($"The sender: {error}");
            }
        }
    }

    private async Task ServeSocketAsync(bool isHub)
    {
        var run = new SenderSocket(server, socket);
        if (!isHub) await run.WriteAsync(TaloFrames.Connected);
        while (true)
        {
            var at = 0;
            while (ClientFrame.TryRead(buffer.AsSpan(at, count - at), out var payload, out var consumed, out var isClose))
            {
                if (isClose) return;
                var text = buffer.AsMemory(at + payload.Start, payload.Length);
                at += consumed;
                await run.HearAsync(text);
            }

            Discard(at);
            if (!await FillAsync()) return;
        }
    }

    private async Task<string?> ReadRequestAsync()
    {
        while (true)
        {
            var end = buffer.AsSpan(0, count).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                var head = Encoding.ASCII.GetString(buffer, 0, end);
                var whole = end + 4 + SmallHttp.ContentLength(head);
                while (count < whole)
                {
                    if (!await FillAsync()) return null;
                }

                Discard(whole);
                return head;
            }

            if (!await FillAsync()) return null;
        }
    }

    private async Task<bool> FillAsync()
    {
        if (count == buffer.Length) throw new InvalidOperationException($"More than {BufferBytes} bytes at once.");
        var read = await socket.ReceiveAsync(buffer.AsMemory(count));
        count += read;
        return read > 0;
    }

    private void Discard(int bytes)
    {
        buffer.AsSpan(bytes, count - bytes).CopyTo(buffer);
        count -= bytes;
    }

    private async Task WriteAsync(string text) => await socket.SendAsync(Encoding.UTF8.GetBytes(text));
}
