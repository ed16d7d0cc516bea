using System;
using System.IO;
using System.Linq;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>A socket whose every byte is the test's: for frames that a WebSocket client does not send or show.</summary>
internal sealed class RawSocket : IDisposable
{
    private readonly TcpClient client = new();
    private Stream stream = Stream.Null;

    private RawSocket()
    {
    }

    /// <summary>The head of the server's answer to the upgrade.</summary>
    public string Head { get; private set; } = "";

    /// <summary>Upgrades; <paramref name="afterHead"/> goes out with the request, before the server can have answered.</summary>
    public static async Task<RawSocket> DialAsync(
        string socketUrl, string pathAndQuery, string extraHeaders = "", params byte[] afterHead)
    {
        var url = new Uri(socketUrl + pathAndQuery);
        var socket = new RawSocket();
        await socket.client.ConnectAsync(url.Host, url.Port).InTime();
        socket.stream = socket.client.GetStream();
        if (url.Scheme == "wss")
        {
            var tls = new SslStream(socket.stream);
            await tls.AuthenticateAsClientAsync(url.Host).InTime();
            socket.stream = tls;
        }
        var request = $"GET {pathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{extraHeaders}\r\n";
        await socket.WriteAsync([.. Encoding.ASCII.GetBytes(request), .. afterHead]);
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head.Append((char)(await socket.ReadAsync(1))[0]);
        socket.Head = head.ToString();
        return socket;
    }

    public Task WriteAsync(byte[] bytes) => stream.WriteAsync(bytes).AsTask().InTime();

    /// <summary>A frame of less than 64 KiB, masked with zeros as clients have to.</summary>
    public static byte[] Frame(int opcode, ReadOnlySpan<byte> payload) => payload.Length < 126
        ? [(byte)(0x80 | opcode), (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]
        : [(byte)(0x80 | opcode), 0xFE, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0, .. payload];

    /// <summary>Sends texts in one piece, so that the server finds all of them when it reads the first.</summary>
    public Task SendTogetherAsync(params string[] texts) =>
        WriteAsync([.. texts.SelectMany(text => Frame(1, Encoding.UTF8.GetBytes(text)))]);

    public Task SendAsync(int opcode, byte[] payload) => WriteAsync(Frame(opcode, payload));

    public async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes).AsTask().InTime();
        return bytes;
    }

    /// <summary>
    /// The next frame of the server. Text is as it is, the others are <c>ping x</c>, <c>pong x</c>, <c>close 1002</c>.
    /// </summary>
    public async Task<string> NextAsync()
    {
        var head = await ReadAsync(2);
        var length = head[1] switch
        {
            126 => await LengthAsync(2),
            127 => await LengthAsync(8),
            var small => small,
        };
        var payload = await ReadAsync(length);
        return (head[0] & 0x0F) switch
        {
            8 when payload.Length >= 2 =>
                $"close {payload[0] << 8 | payload[1]} {Encoding.UTF8.GetString(payload[2..])}".TrimEnd(),
            8 => "close",
            9 => $"ping {Encoding.UTF8.GetString(payload)}".TrimEnd(),
            10 => $"pong {Encoding.UTF8.GetString(payload)}".TrimEnd(),
            _ => Encoding.UTF8.GetString(payload),
        };
    }

    /// <summary>Answers the pings that have come, and completes when the server has seen to that.</summary>
    public async Task AnswerPingsAsync()
    {
        await SendAsync(9, "before"u8.ToArray());
        while (await NextAsync() is var frame and not "pong before")
        {
            if (frame == "ping")
                await SendAsync(10, []);
        }
        await SendAsync(9, "after"u8.ToArray());
        while (await NextAsync() is not "pong after")
        {
        }
    }

    /// <summary>True when the server ends the connection without sending anything more.</summary>
    public async Task<bool> EndsAsync(TimeSpan bound)
    {
        try
        {
            return await stream.ReadAsync(new byte[1]).AsTask().WaitAsync(bound) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        client.Dispose();
    }

    private async Task<int> LengthAsync(int bytes)
    {
        var length = 0;
        foreach (var part in await ReadAsync(bytes))
            length = length << 8 | part;
        return length;
    }
}
