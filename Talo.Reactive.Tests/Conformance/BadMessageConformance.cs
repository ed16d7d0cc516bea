using System.Net.WebSockets;
using System.Text;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class BadMessageConformance : ConformanceTests
{
    private const string ChannelMessage = "v1.channels.message";
    private const string Broadcast = "v1.player-relationships.broadcast";

    private static readonly (string Frame, string Answer)[] BeforeIdentifying =
    [
        ("""{"req":"v1.channels.message","data":{"channel":{"id":1},"message":"hi"}}""", Shape.NoPlayer(ChannelMessage)),
        ("""{"req":"v1.player-relationships.broadcast","data":{"message":"hi"}}""", Shape.NoPlayer(Broadcast)),
        // The player is asked for before the data is looked at.
        ("""{"req":"v1.channels.message","data":{"foo":1}}""", Shape.NoPlayer(ChannelMessage)),
        ("""{"req":"v1.players.identify","data":{"playerAliasId":1,"socketToken":"x","extra":true},"id":"abc","res":"x"}""",
            Shape.Error("v1.players.identify", "Invalid socket token", "INVALID_SOCKET_TOKEN")),
    ];

    private static readonly string[] NoRequests =
    [
        """{"req":"v1.does.not.exist","data":{}}""",
        """{"req":"v1.players.identified","data":{"playerAliasId":1,"socketToken":"x"}}""",
        """{"req":"v1.players.presence.updated","data":{}}""",
        """{"req":"v1.channels.message"}""",
        """{"req":"v1.channels.message","data":null}""",
        """{"req":"v1.channels.message","data":[]}""",
        """{"req":"v1.channels.message","data":"x"}""",
        """{"data":{}}""",
        "null",
        "42",
        "[]",
        "\"v1.heartbeat\"",
        """{"req":"v1.heartbeat","data":{}}""",
    ];

    private static readonly string[] NoJson =
    [
        "hello",
        """{"req":"v1.channels.message","data":{""",
        "",
        "v1.heartbeat\n",
        "\uFEFF{\"req\":\"v1.channels.message\",\"data\":{}}",
        // A signature is not stripped in a game that does not verify requests.
        "v1|aaa.bbb\n{\"req\":\"v1.channels.message\",\"data\":{\"channel\":{\"id\":1},\"message\":\"x\"}}",
    ];

    private static readonly (string Req, string Data)[] BadData =
    [
        (ChannelMessage, """{"channel":{"id":1}}"""),
        (ChannelMessage, """{"channel":{"id":"1"},"message":"x"}"""),
        (ChannelMessage, """{"channel":{"id":1},"message":1}"""),
        (ChannelMessage, """{"message":"x"}"""),
        (ChannelMessage, """{"myMessageToTheChannelIsGoingToBeThis":"general"}"""),
        (Broadcast, "{}"),
    ];

    [Test]
    public async Task BeforeIdentifying_RequestsAreFromNobody()
    {
        var socket = await ConnectAsync();
        foreach (var (frame, answer) in BeforeIdentifying)
        {
            await socket.SendAsync(frame);
            await socket.ExpectAsync(answer);
        }
    }

    [Test]
    public async Task WhatIsNoRequest_IsInvalidAndReturnedAsTheCause()
    {
        var socket = await ConnectAsync();
        foreach (var frame in NoRequests)
        {
            await socket.SendAsync(frame);
            await socket.ExpectAsync(Shape.InvalidMessage(frame));
        }
    }

    [Test]
    public async Task WhatIsNoJson_CannotBeRouted()
    {
        var socket = await ConnectAsync();
        foreach (var frame in NoJson)
        {
            await socket.SendAsync(frame);
            await socket.ExpectAsync(Shape.Routing);
        }
    }

    [Test]
    public async Task Heartbeat_IsEchoedInWhateverFramesItComes()
    {
        var socket = await ConnectAsync();

        await socket.SendAsync(TestSocket.Heartbeat);
        await socket.ExpectAsync(TestSocket.Heartbeat);
        await socket.SendAsync("v1.heartbeat"u8.ToArray(), WebSocketMessageType.Binary);
        await socket.ExpectAsync(TestSocket.Heartbeat);
        await socket.SendAsync("v1.heart"u8.ToArray(), WebSocketMessageType.Text, isFinal: false);
        await socket.SendAsync("beat"u8.ToArray(), WebSocketMessageType.Text);
        await socket.ExpectAsync(TestSocket.Heartbeat);
    }

    [Test]
    public async Task BinaryFrame_IsReadAsText()
    {
        const string Frame = """{"req":"v1.nope","data":{}}""";
        var socket = await ConnectAsync();

        await socket.SendAsync(Encoding.UTF8.GetBytes(Frame), WebSocketMessageType.Binary);

        await socket.ExpectAsync(Shape.InvalidMessage(Frame));
    }

    [Test]
    public async Task BadDataOfAPlayer_IsReturnedAsTheCause()
    {
        var ada = await PlayerAsync("ada");
        foreach (var (req, data) in BadData)
        {
            await ada.SendAsync($$"""{"req":"{{req}}","data":{{data}}}""");
            await ada.ExpectAsync(Shape.InvalidData(req, data));
        }
    }

    [TestCase("1.5")]
    [TestCase("999999999")]
    public async Task ChannelThatDoesNotExist_IsNotFound(string id)
    {
        var ada = await PlayerAsync("ada");

        await ada.SendAsync($$$"""{"req":"v1.channels.message","data":{"channel":{"id":{{{id}}}},"message":"x"}}""");

        await ada.ExpectAsync(Shape.ListenerError(ChannelMessage, "Channel not found"));
    }

    [Test]
    public async Task PingAndInvalidUtf8AndAnUnmaskedFrame_AreDealtWithByTheProtocol()
    {
        using var raw = await ConnectRawAsync();
        await raw.SendAsync(9, "hello"u8.ToArray());
        Assert.That(await raw.NextAsync(), Is.EqualTo("pong hello"));
        await raw.SendAsync(1, [0xFF, 0xFE]);
        Assert.That(await raw.NextAsync(), Is.EqualTo("close 1007"));

        using var unmasked = await ConnectRawAsync();
        await unmasked.WriteAsync([0x81, 0x02, (byte)'h', (byte)'i']);
        Assert.That(await unmasked.NextAsync(), Is.EqualTo("close 1002"));
    }
}
