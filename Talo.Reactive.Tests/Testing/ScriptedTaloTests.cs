using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reactive.Linq;
using System.Text;
using Microsoft.Reactive.Testing;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using Talo.Reactive.Http;
using Talo.Reactive.Testing;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Testing;

public sealed class ScriptedTaloTests
{
    private readonly List<string> _log = new();
    private TestScheduler _scheduler = null!;
    private ScriptedTalo _talo = null!;
    private ILink _link = null!;

    [SetUp]
    public void Make()
    {
        _scheduler = new TestScheduler().StartAt(DateTimeOffset.UnixEpoch);
        _talo = new ScriptedTalo(_scheduler);
        _log.Clear();
    }

    [Test]
    public void DialWithAFreshTicket_IsConnected()
    {
        Connect();
        Assert.That(_log, Is.EqualTo(new[] { "v1.connected" }));
    }

    [Test]
    public void DialWithATicketTwice_IsClosedWith3000()
    {
        var ticket = Ticket();
        Dial(ticket);
        Dial(ticket);
        Assert.That(_log, Is.EqualTo(new[] { "v1.connected", "3000 (ClosedByPeer)" }));
    }

    [Test]
    public void DialWithAnOldTicket_IsClosedWith3000()
    {
        var ticket = Ticket();
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(301));
        Dial(ticket);
        Assert.That(_log, Is.EqualTo(new[] { "3000 (ClosedByPeer)" }));
    }

    [Test]
    public void DialWithoutATicket_IsClosedWith3000()
    {
        Dial("");
        Assert.That(_log, Is.EqualTo(new[] { "3000 (ClosedByPeer)" }));
    }

    [Test]
    public void FrameBeforeConnected_GoesNowhere()
    {
        _talo.SendsConnected = false;
        Connect();
        Send("v1.heartbeat");
        Assert.That(_log, Is.Empty);
        Assert.That(_talo.Dropped.Single().IsHeartbeat, Is.True);
    }

    [Test]
    public void Identify_WithTheTokenOfTheHttpAnswer_Succeeds()
    {
        var (aliasId, token) = IdentifyOverHttp("ada");
        Connect();
        Identify(aliasId, token);
        Assert.That(_log.Last(), Is.EqualTo("v1.players.identify.success"));
        Assert.That(_talo.Session.Player, Is.SameAs(_talo.Player("ada")));
    }

    [Test]
    public void Identify_WithAReplacedOrOldToken_IsRefused()
    {
        var (aliasId, token) = IdentifyOverHttp("ada");
        var (_, newer) = IdentifyOverHttp("ada");
        Connect();
        Identify(aliasId, token);
        Assert.That(_log.Last(), Is.EqualTo("v1.error INVALID_SOCKET_TOKEN"));
        _scheduler.AdvanceBy(TimeSpan.FromHours(1));
        Identify(aliasId, newer);
        Assert.That(_log.Last(), Is.EqualTo("v1.error INVALID_SOCKET_TOKEN"));
        Assert.That(_talo.Session.Player, Is.Null);
        var (_, newest) = IdentifyOverHttp("ada");
        Identify(aliasId, newest);
        Assert.That(_log.Last(), Is.EqualTo("v1.players.identify.success"));
    }

    [Test]
    public void SocketToken_ForAnAliasReplacesTheOld()
    {
        var (aliasId, token) = IdentifyOverHttp("ada");
        var reply = Call("POST", "/v1/players/socket-token", aliasId);
        Assert.That((string?)reply["socketToken"], Is.EqualTo(_talo.Player("ada").SocketToken).And.Not.EqualTo(token));
        Assert.That((string?)Call("POST", "/v1/players/socket-token", 999)["message"], Is.EqualTo("Player not found"));
    }

    [Test]
    public void PlayersAndIds_AreTheSameEachTimeAndDifferFromEachOther()
    {
        var other = new ScriptedTalo(new TestScheduler());
        foreach (var name in new[] { "ada", "grace" })
            Assert.That(other.Player(name).ToJson()["player"]!["id"], Is.EqualTo(_talo.Player(name).ToJson()["player"]!["id"]));
        Assert.That(_talo.Player("ada").AliasId, Is.Not.EqualTo(_talo.Player("grace").AliasId));
        Assert.That(_talo.Player("ada", "steam"), Is.Not.SameAs(_talo.Player("ada")));
        Assert.That(Guid.TryParse(_talo.Player("ada").PlayerId, out _), Is.True);
    }

    [Test]
    public void Heartbeat_IsAnsweredUnlessTheServerIsMute([Values] bool answers)
    {
        _talo.AnswersHeartbeats = answers;
        Connect();
        Send("v1.heartbeat");
        Assert.That(_log.Skip(1), Is.EqualTo(answers ? new[] { "v1.heartbeat" } : Array.Empty<string>()));
    }

    [Test]
    public void ChannelMessage_IsRecordedAndEchoedWhenTold([Values] bool echo)
    {
        _talo.EchoChannelMessages = echo;
        ConnectAs("ada");
        Send("""{"req":"v1.channels.message","data":{"channel":{"id":41},"message":"ahoy"}}""");
        Assert.That((string?)_talo.ChannelMessages.Single().Data["message"], Is.EqualTo("ahoy"));
        Assert.That(_log.Last(), Is.EqualTo(echo ? "v1.channels.message ada@41: ahoy" : "v1.players.identify.success"));
    }

    [Test]
    public void ChannelMessageOfASignedClient_IsReadBehindItsSignature()
    {
        ConnectAs("ada");
        Send("v1|x.y\n" + """{"req":"v1.channels.message","data":{"channel":{"id":41},"message":"ahoy"}}""");
        Assert.That(_talo.ChannelMessages.Single().Signature, Is.EqualTo("v1|x.y"));
    }

    [TestCase("""{"req":"v1.channels.message","data":{"channel":{"id":41},"message":"ahoy"}}""", "v1.error NO_PLAYER_FOUND")]
    [TestCase("no json", "v1.error ROUTING_ERROR")]
    [TestCase("""{"req":"v1.unheard.of","data":{}}""", "v1.error INVALID_MESSAGE")]
    [TestCase("""{"req":"v1.players.identify","data":{"playerAliasId":"x"}}""", "v1.error INVALID_SOCKET_TOKEN")]
    public void FrameThatFails_GetsItsErrorCode(string frame, string error)
    {
        Connect();
        Send(frame);
        Assert.That(_log.Last(), Is.EqualTo(error));
    }

    [Test]
    public void ChannelMessageWithBadData_GetsItsErrorCode()
    {
        ConnectAs("ada");
        Send("""{"req":"v1.channels.message","data":{"channel":{"id":"41"},"message":"ahoy"}}""");
        Assert.That(_log.Last(), Is.EqualTo("v1.error INVALID_MESSAGE_DATA"));
        Assert.That(_talo.ChannelMessages, Is.Empty);
    }

    [Test]
    public void Say_ArrivesAsAMessageOfThatPlayer()
    {
        ConnectAs("ada");
        Assert.That(_talo.Say(_talo.Player("grace"), 41, "ahoy"), Is.True);
        Assert.That(_log.Last(), Is.EqualTo("v1.channels.message grace@41: ahoy"));
        _talo.Link.Lose();
        Assert.That(_talo.Say(_talo.Player("grace"), 41, "late"), Is.False);
    }

    [Test]
    public void OverriddenRequest_IsAnsweredByTheTest()
    {
        _talo.On("v1.players.identify", (session, frame) => session.SendError(frame.Req!, "INVALID_SESSION_TOKEN", "Invalid session token"));
        ConnectAs("ada");
        Assert.That(_log.Last(), Is.EqualTo("v1.error INVALID_SESSION_TOKEN"));
    }

    [Test]
    public void IgnoredRequest_IsNotAnswered()
    {
        _talo.Ignore("v1.players.identify");
        ConnectAs("ada");
        Assert.That(_log, Is.EqualTo(new[] { "v1.connected" }));
    }

    [Test]
    public void OverriddenRoute_CountsBeforeTheServersOwn()
    {
        _talo.Http.On("POST", "/v1/socket-tickets").ReplyOnce(429, "{}");
        Call("POST", "/v1/socket-tickets");
        Assert.That(_talo.Http.Calls.Single().Reply!.Status, Is.EqualTo(429));
        Connect();
        Assert.That(_log, Is.EqualTo(new[] { "v1.connected" }));
    }

    [Test]
    public void Latency_DelaysWhatTheServerSends()
    {
        _talo.Latency = TimeSpan.FromSeconds(2);
        Connect();
        Assert.That(_log, Is.Empty);
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(2));
        Assert.That(_log, Is.EqualTo(new[] { "v1.connected" }));
    }

    [Test]
    public void LinkThatEndsBeforeTheAnswer_GetsNone()
    {
        _talo.Latency = TimeSpan.FromSeconds(2);
        Connect();
        _talo.Link.Lose();
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(5));
        Assert.That(_log, Is.EqualTo(new[] { "1006 (Lost)" }));
    }

    [Test]
    public void Forgetting_KeepsTheLastConnectionAndThePlayers()
    {
        ConnectAs("ada");
        ConnectAs("ada");
        var ada = _talo.Player("ada");
        _talo.Forget();
        Assert.That((_talo.Sessions.Count, _talo.Transport.Links.Count, _talo.Http.Calls.Count), Is.EqualTo((1, 1, 0)));
        Assert.That(_talo.Player("ada"), Is.SameAs(ada));
        Connect();
        Assert.That(_log.Last(), Is.EqualTo("v1.connected"));
    }

    private void ConnectAs(string identifier)
    {
        var (aliasId, token) = IdentifyOverHttp(identifier);
        Connect();
        Identify(aliasId, token);
    }

    private void Connect() => Dial(Ticket());

    private string Ticket() => (string)Call("POST", "/v1/socket-tickets")["ticket"]!;

    private (int AliasId, string Token) IdentifyOverHttp(string identifier)
    {
        var reply = Call("GET", $"/v1/players/identify?service=username&identifier={identifier}");
        return ((int)reply["alias"]!["id"]!, (string)reply["socketToken"]!);
    }

    private void Dial(string ticket)
    {
        _talo.Transport.Dial(new Uri($"ws://127.0.0.1/?ticket={ticket}"), 10_000).Subscribe(link =>
        {
            _link = link;
            link.Frames.Subscribe(frame => _log.Add(Summary(Encoding.UTF8.GetString(frame.Span))), () => _log.Add($"{link.Closure}"));
        });
        Settle();
    }

    private void Identify(int aliasId, string token) =>
        Send($$$"""{"req":"v1.players.identify","data":{"playerAliasId":{{{aliasId}}},"socketToken":"{{{token}}}"}}""");

    private void Send(string frame)
    {
        _link.Send(Encoding.UTF8.GetBytes(frame)).Subscribe();
        Settle();
    }

    private JObject Call(string method, string path, int? aliasId = null)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (aliasId is { } id) headers.Add(new("x-talo-alias", id.ToString(CultureInfo.InvariantCulture)));
        JObject? body = null;
        _talo.Http.Send(new HttpCall(method, new Uri("http://127.0.0.1" + path), headers, null))
            .Subscribe(reply => body = JObject.Parse(Encoding.UTF8.GetString(reply.Body.Span)));
        Settle();
        return body!;
    }

    private void Settle() => _scheduler.AdvanceBy(TimeSpan.FromMilliseconds(1));

    private static string Summary(string frame)
    {
        if (frame == "v1.heartbeat") return frame;
        var message = JObject.Parse(frame);
        var data = message["data"]!;
        return (string)message["res"]! switch
        {
            "v1.error" => $"v1.error {data["errorCode"]}",
            "v1.channels.message" => $"v1.channels.message {data["playerAlias"]!["displayName"]}@{data["channel"]!["id"]}: {data["message"]}",
            var res => res,
        };
    }
}
