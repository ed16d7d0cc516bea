using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Transport;

namespace Talo.Reactive.TrimCheck;

/// <summary>Both engines on a real socket: a greeting, an echo, a burst, and a close that is answered.</summary>
internal static class EngineCheck
{
    private const int Burst = 200;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    internal static async Task<int> CheckAllAsync(List<string> failures)
    {
        ITransport[] engines = [new WebsocketClientTransport(), new ClientWebSocketTransport()];
        foreach (var engine in engines)
        {
            try
            {
                await CheckAsync(engine).WaitAsync(Limit);
            }
            catch (Exception fault)
            {
                failures.Add($"{engine.GetType().Name}: {fault}");
            }
        }

        return engines.Length;
    }

    private static async Task CheckAsync(ITransport engine)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener);
        var link = await engine.Dial(new Uri($"ws://{listener.LocalEndpoint}/"), 1024 * 1024).ToTask();
        var heard = new BlockingCollection<string>();
        var ended = link.Frames.Do(frame => heard.Add(Encoding.UTF8.GetString(frame.Span))).DefaultIfEmpty().ToTask();

        await link.Send("hello"u8.ToArray()).ToTask();
        string[] expected = ["hello", .. Enumerable.Range(0, Burst).Select(static i => $"frame {i}")];
        foreach (var text in expected)
        {
            if (!heard.TryTake(out var one, Limit) || one != text) throw new InvalidOperationException($"heard \"{one}\" for \"{text}\"");
        }

        await link.Close(1000, "bye").ToTask();
        await ended;
        if (link.Closure is not { End: LinkEnd.ClosedHere, Code: 1000, Reason: "bye" }) throw new InvalidOperationException($"ended as {link.Closure}");
        await serving;
    }

    private static async Task ServeAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        await UpgradeAsync(stream);
        using var socket = WebSocket.CreateFromStream(stream, isServer: true, subProtocol: null, Timeout.InfiniteTimeSpan);
        var buffer = new byte[1024];
        var echo = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        await SayAsync(socket, buffer.AsMemory(0, echo.Count));
        for (var i = 0; i < Burst; i++) await SayAsync(socket, Encoding.UTF8.GetBytes($"frame {i}"));
        await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        await socket.CloseAsync(socket.CloseStatus ?? WebSocketCloseStatus.Empty, socket.CloseStatusDescription, CancellationToken.None);
    }

    private static ValueTask SayAsync(WebSocket socket, ReadOnlyMemory<byte> text) =>
        socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static async Task UpgradeAsync(NetworkStream stream)
    {
        const string Name = "Sec-WebSocket-Key: ";
        var head = "";
        var one = new byte[1];
        while (!head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0) throw new EndOfStreamException();
            head += (char)one[0];
        }

        var start = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase) + Name.Length;
        var key = head[start..head.IndexOf('\r', start)];
#pragma warning disable CA5350 // RFC 6455 asks for SHA-1 and this constant.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
    }
}
