using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Tests.Transport;

/// <summary>The peer's end of one TCP connection.</summary>
internal sealed class RawConnection : IDisposable
{
    private const int Chunk = 64 * 1024;

    private readonly Socket _socket;
    private Stream _stream;

    internal RawConnection(Socket socket)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _stream = new NetworkStream(socket);
    }

    internal async Task SecureAsync(X509Certificate2 certificate)
    {
        var secure = new SslStream(_stream);
        _stream = secure;
        await secure.AuthenticateAsServerAsync(certificate).InTime();
    }

    internal async Task<string> ReadHeadAsync()
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!EndsWithBlankLine(head))
        {
            await ReadExactlyAsync(one);
            head.Add(one[0]);
        }

        return Encoding.ASCII.GetString(head.ToArray());
    }

    internal async Task<string> UpgradeAsync(string moreHeaders = "")
    {
        var head = await ReadHeadAsync();
        await WriteAsync(Upgraded(head, moreHeaders));
        return head;
    }

    internal async Task UpgradeByteByByteAsync()
    {
        foreach (var one in Upgraded(await ReadHeadAsync())) await WriteAsync([(byte)one]);
    }

    internal Task WriteAsync(params byte[][] pieces) => _stream.WriteAsync(Join(pieces)).AsTask().InTime();

    internal Task WriteAsync(string text) => WriteAsync(Encoding.Latin1.GetBytes(text));

    internal async Task<byte[]> ReadExactlyAsync(int count)
    {
        var bytes = new byte[count];
        await ReadExactlyAsync(bytes);
        return bytes;
    }

    internal async Task<RawFrame> ReadFrameAsync()
    {
        var head = await ReadExactlyAsync(2);
        var length = (head[1] & 0x7F) switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(await ReadExactlyAsync(2)),
            127 => (int)BinaryPrimitives.ReadUInt64BigEndian(await ReadExactlyAsync(8)),
            var small => small,
        };
        var isMasked = (head[1] & 0x80) != 0;
        var mask = isMasked ? await ReadExactlyAsync(4) : new byte[4];
        var payload = await ReadExactlyAsync(length);
        for (var i = 0; i < payload.Length; i++) payload[i] ^= mask[i & 3];
        return new RawFrame(head[0] & 0x0F, payload, (head[0] & 0x80) != 0, isMasked);
    }

    /// <summary>Reads until the other side has gone, orderly or by a reset.</summary>
    internal async Task<byte[]> ReadToEndAsync()
    {
        var all = new MemoryStream();
        var chunk = new byte[Chunk];
        try
        {
            while (await _stream.ReadAsync(chunk).AsTask().InTime() is > 0 and var count) all.Write(chunk, 0, count);
        }
        catch (IOException)
        {
        }

        return all.ToArray();
    }

    /// <summary>Writes the chunk again and again until the other side takes no more, or has gone.</summary>
    /// <returns>How many bytes it took; <paramref name="atMost"/> means that it never stopped.</returns>
    internal long WriteUntilStalled(byte[] chunk, long atMost)
    {
        var written = 0L;
        _socket.Blocking = false;
        while (written < atMost)
        {
            written += _socket.Send(chunk, (int)(written % chunk.Length), chunk.Length - (int)(written % chunk.Length), SocketFlags.None, out var error);
            if (error == SocketError.Success) continue;
            if (error is not (SocketError.WouldBlock or SocketError.IOPending) || !IsWritable(TimeSpan.FromMilliseconds(300))) break;
        }

        return written;
    }

    /// <summary>Writes the chunk again and again, as fast as it goes, until the other side has gone.</summary>
    internal Task<long> WriteUntilRefusedAsync(byte[] chunk, long atMost) => Task.Run(() =>
    {
        _socket.SendTimeout = (int)Bounded.Limit.TotalMilliseconds;
        var written = 0L;
        while (written < atMost)
        {
            Bounded.Token.ThrowIfCancellationRequested();
            written += _socket.Send(chunk, 0, chunk.Length, SocketFlags.None, out var error);
            if (error != SocketError.Success) break;
        }

        return written;
    });

    internal bool IsWritable(TimeSpan within) => _socket.Poll(within, SelectMode.SelectWrite);

    /// <summary>FIN: no more bytes will come from this side.</summary>
    internal void HangUp()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other side was faster, with a reset.
        }
    }

    /// <summary>RST: the connection is gone, as when a network or a process dies.</summary>
    internal void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        Dispose();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private static byte[] Join(byte[][] pieces)
    {
        var all = new MemoryStream();
        foreach (var piece in pieces) all.Write(piece);
        return all.ToArray();
    }

    private static bool EndsWithBlankLine(List<byte> head) =>
        head.Count >= 4 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n';

    private static string Upgraded(string head, string moreHeaders = "") =>
        $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {AcceptKey(head)}\r\n{moreHeaders}\r\n";

    // RFC 6455 asks for SHA-1 and this constant.
#pragma warning disable CA5350
    private static string AcceptKey(string head)
    {
        const string Name = "Sec-WebSocket-Key:";
        var start = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase) + Name.Length;
        var key = head[start..head.IndexOf('\r', start)].Trim();
        return Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
    }
#pragma warning restore CA5350

    private async Task ReadExactlyAsync(byte[] bytes)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Bounded.Token);
        limit.CancelAfter(Bounded.Limit);
        await _stream.ReadExactlyAsync(bytes, limit.Token);
    }
}
