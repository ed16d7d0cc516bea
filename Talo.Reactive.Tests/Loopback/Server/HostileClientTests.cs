using System;
using System.IO;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Tasks;
using NUnit.Framework;
using static Talo.Reactive.Tests.Loopback.Server.Expected;

namespace Talo.Reactive.Tests.Loopback.Server;

/// <summary>Clients that no SDK would be: each gets its answer, and the others do not notice.</summary>
[TestFixture]
public sealed class HostileClientTests
{
    [Test]
    public async Task SlowBody_HoldsNobodyUp()
    {
        await using var probe = await Probe.StartAsync();
        var (alias, _, _) = await probe.IdentifyAsync("ada");
        using var slow = await DialAsync(probe);
        var body = """{"name":"harbour"}""";
        await slow.WriteAsync(Encoding.ASCII.GetBytes(
            Head(probe, "POST", "/v1/game-channels", $"x-talo-alias: {alias}\r\nContent-Length: {body.Length}") + body[..5]));

        for (var i = 0; i < 20; i++)
            Assert.That((await probe.CallAsync("GET", "/v1/game-channels")).Body, Does.Contain("\"count\":0"));
        await slow.WriteAsync(Encoding.ASCII.GetBytes(body[5..]));

        Assert.That(await ReadLineAsync(slow), Is.EqualTo("HTTP/1.1 200 OK"));
        Assert.That((await probe.CallAsync("GET", "/v1/game-channels")).Body, Does.Contain("\"count\":1"));
    }

    [TestCase("Content-Length: 10000000000")]
    [TestCase("Transfer-Encoding: chunked")]
    public async Task EndlessBody_Is413(string length)
    {
        await using var probe = await Probe.StartAsync();
        using var client = await DialAsync(probe);
        await client.WriteAsync(Encoding.ASCII.GetBytes(Head(probe, "POST", "/v1/game-channels", length)));
        var chunk = Encoding.ASCII.GetBytes($"10000\r\n{new string('x', 0x10000)}\r\n");

        var answer = ReadLineAsync(client);
        try
        {
            while (!answer.IsCompleted)
                await client.WriteAsync(chunk).AsTask().InTime();
        }
        catch (IOException)
        {
            // The server has said what it had to say and hung up.
        }

        Assert.That(await answer, Is.EqualTo("HTTP/1.1 413 Payload Too Large"));
        Assert.That((await probe.CallAsync("GET", "/v1/game-channels")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task InvalidUtf8InABody_IsReadAsReplacementCharacters()
    {
        await using var probe = await Probe.StartAsync();
        var (alias, _, _) = await probe.IdentifyAsync("ada");
        using var client = await DialAsync(probe);
        byte[] body = [.. "{\"name\":\"a"u8, 0xFF, 0xFE, .. "z\"}"u8];

        await client.WriteAsync(Encoding.ASCII.GetBytes(
            Head(probe, "POST", "/v1/game-channels", $"x-talo-alias: {alias}\r\nContent-Length: {body.Length}")));
        await client.WriteAsync(body);

        Assert.That(await ReadLineAsync(client), Is.EqualTo("HTTP/1.1 200 OK"));
        Assert.That((await probe.CallAsync("GET", "/v1/game-channels")).Body, Does.Contain("\"name\":\"a\uFFFD\uFFFDz\""));
    }

    [Test]
    public async Task InvalidUtf8InABinaryFrame_IsReadAsReplacementCharacters()
    {
        await using var probe = await Probe.StartAsync();
        var ada = await probe.ConnectAsAsync("ada");
        var channel = await probe.CreateChannelAsync(ada, """{"name":"harbour"}""");
        var message = Encoding.UTF8.GetBytes(Message(channel, "a*z"));
        message[Array.IndexOf(message, (byte)'*')] = 0xFF;

        await ada.SendAsync(message, WebSocketMessageType.Binary);

        Assert.That(await ada.NextAsync(), Does.Contain("\"message\":\"a\uFFFDz\""));
    }

    [Test]
    public async Task HalfClosedSocket_IsOverForTheOthersToo()
    {
        await using var probe = await Probe.StartAsync();
        var grace = await probe.ConnectAsAsync("grace");
        var (alias, _, token) = await probe.IdentifyAsync("ada");
        using var ada = await UpgradeAsync(probe);
        await ada.WriteAsync(Masked(0x1, Encoding.ASCII.GetBytes(Identify(alias, token))));
        Assert.That(await grace.NextAsync(), Does.Contain("\"online\":true,\"customStatus\":\"\""));

        ada.Socket.Shutdown(SocketShutdown.Send);

        Assert.That(await grace.NextAsync(), Does.Contain("\"online\":false,\"customStatus\":\"\""));
        Assert.That(await grace.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
    }

    [Test]
    public async Task Flood_ExpelsTheFlooderAndNobodyElseWaits()
    {
        await using var probe = await Probe.StartAsync();
        var grace = await probe.ConnectAsAsync("grace");
        using var flooder = await UpgradeAsync(probe);
        var burst = new MemoryStream();
        for (var i = 0; i < 50_000; i++)
            burst.Write(Masked(0x1, "{}"u8.ToArray()));

        var flood = flooder.WriteAsync(burst.ToArray()).AsTask();
        for (var i = 0; i < 20; i++)
            Assert.That(await grace.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));

        Assert.That(await ReadUntilCloseAsync(flooder), Is.EqualTo(1008));
        await Task.WhenAny(flood).InTime();
    }

    [Test]
    public async Task ClientThatDoesNotRead_IsDroppedAndTheOthersGetEverything()
    {
        await using var probe = await Probe.StartAsync(clock => new()
        {
            Clock = clock,
            HttpAuthLimit = null,
            HttpDefaultLimit = null,
            CheckLatency = TimeSpan.Zero,
            MaxQueuedBytes = 1024 * 1024,
        });
        var grace = await probe.ConnectAsAsync("grace");
        var channel = await probe.CreateChannelAsync(grace, """{"name":"harbour"}""");
        var (alias, _, token) = await probe.IdentifyAsync("ada");
        using var ada = await UpgradeAsync(probe);
        await ada.WriteAsync(Masked(0x1, Encoding.ASCII.GetBytes(Identify(alias, token))));
        await grace.NextAsync();
        await probe.CallAsync("POST", $"/v1/game-channels/{channel}/join", alias: alias);
        await grace.NextAsync();

        var text = new string('x', 100_000);
        var sent = 0;
        while (probe.Talo.Connections.Count == 2)
        {
            await grace.SendAsync(Message(channel, $"{sent++} {text}"));
            string frame;
            do
                frame = await grace.NextAsync();
            while (frame.Contains("presence.updated", StringComparison.Ordinal));
            Assert.That(frame, Does.Contain($"\"message\":\"{sent - 1} x"));
            Assert.That(sent, Is.LessThan(2000), "a queue without a bound");
        }
    }

    [Test]
    public async Task FrameThatClaimsAnAbsurdLength_IsClosedWith1009AtOnce()
    {
        await using var probe = await Probe.StartAsync();
        using var client = await UpgradeAsync(probe);

        await client.WriteAsync(new byte[] { 0x81, 0xFF, 0x00, 0x0F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4 });

        Assert.That(await ReadUntilCloseAsync(client), Is.EqualTo(1009));
    }

    [Test]
    public async Task DeepNesting_IsReadLikeAnythingElse()
    {
        const int Depth = 4_500;
        await using var probe = await Probe.StartAsync();
        var (alias, _, token) = await probe.IdentifyAsync("ada");
        var socket = await probe.ConnectAsync();
        var nested = new string('[', Depth) + new string(']', Depth);

        var answer = await probe.CallAsync("POST", "/v1/game-channels", nested, alias);
        await socket.SendAsync(nested);
        var refused = await socket.NextAsync();
        await socket.SendAsync($$"""{"req":"v1.players.identify","data":{"x":{{nested}}}""" + "}");
        var misshapen = await socket.NextAsync();
        await socket.SendAsync(Identify(alias, token));

        Assert.That(answer.Body, Is.EqualTo("""{"errors":{"":["Invalid input: expected object, received array"]}}"""));
        Assert.That(refused, Does.Contain("INVALID_MESSAGE").And.Contain(nested));
        Assert.That(misshapen, Does.Contain("INVALID_MESSAGE_DATA").And.Contain(nested));
        Assert.That(await socket.NextAsync(), Does.Contain("presence.updated"));
    }

    [Test]
    public async Task NestingWithoutEnd_IsNotReadToTheEnd()
    {
        await using var probe = await Probe.StartAsync();
        var (alias, _, _) = await probe.IdentifyAsync("ada");
        var socket = await probe.ConnectAsync();
        var nested = new string('[', 1_000_000);

        var answer = await probe.CallAsync("POST", "/v1/game-channels", nested, alias);
        await socket.SendAsync(nested);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(await socket.NextAsync(), Does.Contain("ROUTING_ERROR"));
    }

    [Test]
    public async Task ConnectionsThatSayNothing_TakeNothingAway()
    {
        await using var probe = await Probe.StartAsync();
        var idle = new NetworkStream[200];
        for (var i = 0; i < idle.Length; i++)
            idle[i] = await DialAsync(probe);
        await idle[0].WriteAsync("GET /v1/health-check HTT"u8.ToArray());

        Assert.That((await probe.CallAsync("GET", "/v1/health-check")).Status, Is.EqualTo(204));

        Array.ForEach(idle, stream => stream.Dispose());
    }

    private static async Task<NetworkStream> DialAsync(Probe probe)
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(probe.Talo.ApiUrl.Host, probe.Talo.ApiUrl.Port);
        return new NetworkStream(client, ownsSocket: true);
    }

    /// <summary>A WebSocket on which <c>v1.connected</c> has come.</summary>
    private static async Task<NetworkStream> UpgradeAsync(Probe probe)
    {
        var stream = await DialAsync(probe);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /?ticket={await probe.TicketAsync()} HTTP/1.1\r\nHost: {probe.Talo.ApiUrl.Authority}\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"));
        while (await ReadLineAsync(stream) is { Length: > 0 })
        {
        }
        var connected = new byte[2 + Connected.Length];
        await stream.ReadExactlyAsync(connected).AsTask().InTime();
        return stream;
    }

    private static string Head(Probe probe, string method, string path, string headers) =>
        $"{method} {path} HTTP/1.1\r\nHost: {probe.Talo.ApiUrl.Authority}\r\nAuthorization: Bearer {probe.Talo.AccessKey}\r\n"
        + $"Content-Type: application/json\r\n{headers}\r\n\r\n";

    private static byte[] Masked(byte opcode, byte[] payload) => payload.Length < 126
        ? [(byte)(0x80 | opcode), (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]
        : [(byte)(0x80 | opcode), 0xFE, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0, .. payload];

    private static async Task<string> ReadLineAsync(NetworkStream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one).AsTask().InTime() > 0 && one[0] != '\n')
            line.Append((char)one[0]);
        return line.ToString().TrimEnd('\r');
    }

    /// <summary>The code of the close frame that comes after any number of small frames.</summary>
    private static async Task<int> ReadUntilCloseAsync(NetworkStream stream)
    {
        var head = new byte[2];
        while (true)
        {
            await stream.ReadExactlyAsync(head).AsTask().InTime();
            var extended = new byte[head[1] == 126 ? 2 : 0];
            await stream.ReadExactlyAsync(extended).AsTask().InTime();
            var payload = new byte[head[1] == 126 ? (extended[0] << 8) | extended[1] : head[1]];
            await stream.ReadExactlyAsync(payload).AsTask().InTime();
            if (head[0] == 0x88)
                return (payload[0] << 8) | payload[1];
        }
    }
}
