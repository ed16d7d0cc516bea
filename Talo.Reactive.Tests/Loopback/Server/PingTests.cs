using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using NUnit.Framework;
using static Talo.Reactive.Tests.Loopback.Server.Expected;

namespace Talo.Reactive.Tests.Loopback.Server;

[TestFixture]
public sealed class PingTests
{
    private static readonly byte[] Ping = [0x89, 0x00];
    private static readonly byte[] MaskedPong = [0x8A, 0x80, 0, 0, 0, 0];
    private static readonly byte[] MaskedHeartbeat = [0x81, 0x8C, 0, 0, 0, 0, .. "v1.heartbeat"u8];
    private static readonly byte[] Heartbeat = [0x81, 0x0C, .. "v1.heartbeat"u8];

    [Test]
    public async Task SilentClient_IsPingedThenDropped()
    {
        await using var probe = await Probe.StartAsync();
        using var client = await RawClientAsync(probe);

        probe.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.That(await ReadAsync(client, 2), Is.EqualTo(Ping));
        probe.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.That(await EndsAsync(client), Is.True);
        await probe.Talo.WhenAsync(talo => talo.Connections.Count == 0).InTime();
    }

    [Test]
    public async Task ClientThatPongs_StaysConnected()
    {
        await using var probe = await Probe.StartAsync();
        using var client = await RawClientAsync(probe);

        for (var i = 0; i < 3; i++)
        {
            probe.Clock.Advance(TimeSpan.FromSeconds(30));
            Assert.That(await ReadAsync(client, 2), Is.EqualTo(Ping));
            await client.GetStream().WriteAsync(MaskedPong);
            await EchoAsync(client, "ok");
        }
    }

    [Test]
    public async Task ClientThatOnlyHeartbeats_StaysConnected()
    {
        await using var probe = await Probe.StartAsync();
        using var client = await RawClientAsync(probe);

        for (var i = 0; i < 3; i++)
        {
            probe.Clock.Advance(TimeSpan.FromSeconds(30));
            Assert.That(await ReadAsync(client, 2), Is.EqualTo(Ping));
            await client.GetStream().WriteAsync(MaskedHeartbeat);
            Assert.That(await ReadAsync(client, Heartbeat.Length), Is.EqualTo(Heartbeat));
        }
    }

    [Test]
    public async Task ClientPing_IsPonged()
    {
        await using var probe = await Probe.StartAsync();
        using var client = await RawClientAsync(probe);

        await EchoAsync(client, "hello");
    }

    private static async Task<TcpClient> RawClientAsync(Probe probe)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", probe.Talo.ApiUrl.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /?ticket={await probe.TicketAsync()} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        var head = new StringBuilder();
        while (!head.ToString().EndsWith(Connected, StringComparison.Ordinal))
            head.Append((char)(await ReadAsync(client, 1))[0]);
        return client;
    }

    /// <summary>Sends a ping and reads its pong: what was sent before it has been handled.</summary>
    private static async Task EchoAsync(TcpClient client, string text)
    {
        var payload = Encoding.ASCII.GetBytes(text);
        await client.GetStream().WriteAsync((byte[])[0x89, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]);
        Assert.That(await ReadAsync(client, 2 + payload.Length), Is.EqualTo((byte[])[0x8A, (byte)payload.Length, .. payload]));
    }

    private static async Task<byte[]> ReadAsync(TcpClient client, int count)
    {
        var bytes = new byte[count];
        await client.GetStream().ReadExactlyAsync(bytes).AsTask().InTime();
        return bytes;
    }

    private static async Task<bool> EndsAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1]).AsTask().InTime() == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
