using System;
using System.IO;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Tasks;
using NUnit.Framework;
using static Talo.Reactive.Tests.Loopback.Server.Expected;

namespace Talo.Reactive.Tests.Loopback.Server;

[TestFixture]
public sealed class BadMessageTests
{
    private static readonly string Routing = Error("unknown", "An error occurred while routing the message", "ROUTING_ERROR");

    [TestCase("hello")]
    [TestCase("""{"req":"v1.channels.message","data":{""")]
    [TestCase("")]
    [TestCase("v1.heartbeat<newline>")]
    [TestCase("""<bom>{"req":"v1.channels.message","data":{}}""")]
    [TestCase("""v1|aaa.bbb<newline>{"req":"v1.channels.message","data":{"channel":{"id":1},"message":"x"}}""")]
    public async Task TextThatIsNotJson_IsARoutingError(string text)
    {
        // The test adapter leaves cases with control characters in their arguments out, without a word.
        text = text.Replace("<newline>", "\n", StringComparison.Ordinal).Replace("<bom>", "\uFEFF", StringComparison.Ordinal);
        await using var probe = await Probe.StartAsync();
        var socket = await probe.ConnectAsync();

        await socket.SendAsync(text);

        Assert.That(await socket.NextAsync(), Is.EqualTo(Routing));
    }

    [TestCase("""{"req":"v1.does.not.exist","data":{}}""")]
    [TestCase("""{"req":"v1.players.presence.updated","data":{}}""")]
    [TestCase("""{"req":"v1.channels.message"}""")]
    [TestCase("""{"req":"v1.channels.message","data":null}""")]
    [TestCase("""{"req":"v1.channels.message","data":[]}""")]
    [TestCase("""{"req":"v1.channels.message","data":"x"}""")]
    [TestCase("""{"data":{}}""")]
    [TestCase("""{ "req" : 5, "data" : {} }""")]
    [TestCase("null")]
    [TestCase("42")]
    [TestCase("[]")]
    [TestCase("\"v1.heartbeat\"")]
    [TestCase("""{"req":"v1.heartbeat","data":{}}""")]
    public async Task JsonThatIsNoRequest_IsSentBack(string text)
    {
        await using var probe = await Probe.StartAsync();
        var socket = await probe.ConnectAsync();

        await socket.SendAsync(text);

        Assert.That(await socket.NextAsync(), Is.EqualTo(Error(
            "unknown", "Invalid message request", "INVALID_MESSAGE", text.Replace("\"", "\\\"", StringComparison.Ordinal))));
    }

    [TestCase("v1.channels.message", """{"channel":{"id":1},"message":"hi"}""")]
    [TestCase("v1.channels.message", """{"foo":1}""")]
    [TestCase("v1.player-relationships.broadcast", """{"message":"hi"}""")]
    public async Task RequestOfNobody_NeedsAPlayer(string req, string data)
    {
        await using var probe = await Probe.StartAsync();
        var socket = await probe.ConnectAsync();

        await socket.SendAsync($$"""{"req":"{{req}}","data":{{data}}}""");

        Assert.That(await socket.NextAsync(), Is.EqualTo(Error(req, "You must identify a player before sending this request", "NO_PLAYER_FOUND")));
    }

    [TestCase("v1.channels.message", """{"channel":{"id":1}}""", null)]
    [TestCase("v1.channels.message", """{"channel":{"id":"1"},"message":"x"}""", null)]
    [TestCase("v1.channels.message", """{"channel":{"id":1},"message":1}""", null)]
    [TestCase("v1.channels.message", """{"message":"x"}""", null)]
    [TestCase("v1.channels.message", """{"channel":1,"message":"x"}""", null)]
    [TestCase("v1.player-relationships.broadcast", "{}", null)]
    [TestCase("v1.channels.message", """{ "a" : [1.0, 1e3, 1E-7, 123456789012345678901234, -0, 0.000001, 1e20], "b" : "é\/\u0041\u0007" }""",
        """{"a":[1,1000,1e-7,1.2345678901234569e+23,0,0.000001,100000000000000000000],"b":"é/A\u0007"}""")]
    [TestCase("v1.channels.message", """{"a":"\ud800","b":"\\\\ud800","c":"\ud83d\ude00","\udc00":1}""", """{"a":"�","b":"\\\\ud800","c":"😀","�":1}""")]
    public async Task DataOfTheWrongShape_IsSentBackAsJson(string req, string data, string? restringified)
    {
        await using var probe = await Probe.StartAsync();
        var socket = await probe.ConnectAsAsync("ada");

        await socket.SendAsync($$"""{"req":"{{req}}","data":{{data}}}""");

        var cause = (restringified ?? data).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        Assert.That(await socket.NextAsync(), Is.EqualTo(Error(req, "Invalid message data for request", "INVALID_MESSAGE_DATA", cause)));
    }

    [TestCase("1.5")]
    [TestCase("999999")]
    [TestCase("-1")]
    [TestCase("1e300")]
    public async Task UnknownChannel_IsNotFound(string id)
    {
        await using var probe = await Probe.StartAsync();
        var socket = await probe.ConnectAsAsync("ada");

        await socket.SendAsync($$$"""{"req":"v1.channels.message","data":{"channel":{"id":{{{id}}}},"message":"x"}}""");

        Assert.That(await socket.NextAsync(), Is.EqualTo(Error(
            "v1.channels.message", "An error occurred while processing the message", "LISTENER_ERROR", "Channel not found")));
    }

    [Test]
    public async Task BroadcastToNobody_IsSilence()
    {
        await using var probe = await Probe.StartAsync();
        var socket = await probe.ConnectAsAsync("ada");

        await socket.SendAsync("""{"req":"v1.player-relationships.broadcast","data":{"message":"gg"}}""");

        Assert.That(await socket.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
    }

    [Test]
    public async Task BinaryAndFragments_AreTextAllTheSame()
    {
        await using var probe = await Probe.StartAsync();
        var socket = await probe.ConnectAsync();

        await socket.SendAsync("v1.heartbeat"u8.ToArray(), WebSocketMessageType.Binary);
        Assert.That(await socket.NextAsync(), Is.EqualTo("v1.heartbeat"));
        await socket.SendAsync("v1.heart"u8.ToArray(), WebSocketMessageType.Text, isFinal: false);
        await socket.SendAsync("beat"u8.ToArray(), WebSocketMessageType.Text);
        Assert.That(await socket.NextAsync(), Is.EqualTo("v1.heartbeat"));
        await socket.SendAsync([0xFF, 0xFE], WebSocketMessageType.Binary);
        Assert.That(await socket.NextAsync(), Is.EqualTo(Routing));
    }

    [Test]
    public async Task InvalidUtf8_IsClosedWith1007()
    {
        await using var probe = await Probe.StartAsync();
        var socket = await probe.ConnectAsync();

        await socket.SendAsync([0xFF, 0xFE], WebSocketMessageType.Text);

        Assert.That(await socket.NextAsync(), Is.EqualTo("CLOSED 1007"));
    }

    [Test]
    public async Task TooLargeAFrame_IsClosedWith1009AndTheLargestIsNot()
    {
        await using var probe = await Probe.StartAsync(clock => new()
        {
            Clock = clock,
            CheckLatency = TimeSpan.Zero,
            MaxFrameBytes = 100_000,
        });
        var socket = await probe.ConnectAsync();

        await socket.SendAsync(new string('x', 100_000));
        Assert.That(await socket.NextAsync(), Is.EqualTo(Routing));
        await socket.SendAsync(new string('x', 100_001));
        Assert.That(await socket.NextAsync(), Is.EqualTo("CLOSED 1009"));
    }

    [TestCase(new byte[] { 0x81, 0x02, (byte)'h', (byte)'i' }, 1002, TestName = "An unmasked frame")]
    [TestCase(new byte[] { 0x83, 0x80, 0, 0, 0, 0 }, 1002, TestName = "An unknown opcode")]
    [TestCase(new byte[] { 0xC1, 0x80, 0, 0, 0, 0 }, 1002, TestName = "An extension bit")]
    [TestCase(new byte[] { 0x80, 0x80, 0, 0, 0, 0 }, 1002, TestName = "A continuation of nothing")]
    [TestCase(new byte[] { 0x09, 0x80, 0, 0, 0, 0 }, 1002, TestName = "A fragmented ping")]
    [TestCase(new byte[] { 0x88, 0x81, 0, 0, 0, 0, 3 }, 1002, TestName = "A close with half a code")]
    [TestCase(new byte[] { 0x88, 0x82, 0, 0, 0, 0, 3, 237 }, 1002, TestName = "A close with the code 1005")]
    public async Task BrokenProtocol_IsClosed(byte[] bytes, int code)
    {
        await using var probe = await Probe.StartAsync();
        using var tcp = new TcpClient();
        var stream = await UpgradeAsync(probe, tcp);
        var head = await ReadUntilAsync(stream, Connected);

        await stream.WriteAsync(bytes);

        var close = new byte[4];
        await stream.ReadExactlyAsync(close).AsTask().InTime();
        Assert.That(head, Does.Contain("HTTP/1.1 101 ").And.Contain("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
        Assert.That(close, Is.EqualTo(new byte[] { 0x88, 0x02, (byte)(code >> 8), (byte)code }));
        Assert.That(await stream.ReadAsync(close).AsTask().InTime(), Is.Zero, "the connection ends");
    }

    [Test]
    public async Task BrokenProtocolOfAClientThatLeaves_EndsTheConnectionAtOnce()
    {
        await using var probe = await Probe.StartAsync();
        using (var tcp = new TcpClient())
        {
            var stream = await UpgradeAsync(probe, tcp);
            await ReadUntilAsync(stream, Connected);
            await stream.WriteAsync((byte[])[0x81, 0x02, (byte)'h', (byte)'i']);
            await stream.ReadExactlyAsync(new byte[4]).AsTask().InTime();
        }

        await probe.Talo.WhenAsync(talo => talo.Connections.Count == 0).InTime();
    }

    private static async Task<NetworkStream> UpgradeAsync(Probe probe, TcpClient tcp)
    {
        await tcp.ConnectAsync("127.0.0.1", probe.Talo.ApiUrl.Port);
        var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /?ticket={await probe.TicketAsync()} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        return stream;
    }

    private static async Task<string> ReadUntilAsync(Stream stream, string end)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one).AsTask().InTime();
            text.Append((char)one[0]);
        }
        return text.ToString();
    }
}
