using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Talo.Reactive.Testing;
using Talo.Reactive.Tests.PlayerAuth;

namespace Talo.Reactive.Tests.Session;

/// <summary>Servers that answer anything but what Talo answers: the client stays calm, and is back when they are.</summary>
public sealed class HostileServerTests
{
    private const string Req = "v1.players.identify";
    private const string Success = "v1.players.identify.success";
    private const string Tickets = "/v1/socket-tickets";
    private const string TokenCall = "/v1/players/socket-token";

    private static readonly Dictionary<string, Action<PlayedSession>> Servers = new()
    {
        ["tickets: 429 at once again"] = x => x.Server.Http.On("POST", Tickets).Reply(429, "", ("retry-after", "0")),
        ["tickets: 503 at once again"] = x => x.Server.Http.On("POST", Tickets).Reply(503, "", ("retry-after", "-7")),
        ["tickets: html"] = x => x.Server.Http.On("POST", Tickets).Reply(200, "<html></html>"),
        ["tickets: 204"] = x => x.Server.Http.On("POST", Tickets).Reply(204),
        ["tickets: no route"] = x => x.Server.Http.On("POST", Tickets).Fail(),
        ["tickets: 401"] = x => x.Server.Http.On("POST", Tickets).Reply(401, new { message = "Unauthorized" }),
        ["tickets that never work"] = x => x.Server.Http.On("POST", Tickets).Reply(200, new { ticket = "ticket-12345" }),
        ["closes at v1.connected with 1000"] = x => x.Server.Transport.Opened.Subscribe(link => link.CloseByPeer(1000)),
        ["closes at once with 1008"] = x => x.Server.Transport.Opened.Subscribe(link => link.CloseByPeer(1008, "RATE_LIMIT_EXCEEDED")),
        ["closes at once with 1012"] = x => x.Server.Transport.Opened.Subscribe(link => link.CloseByPeer(1012)),
        ["closes at once with 4321"] = x => x.Server.Transport.Opened.Subscribe(link => link.CloseByPeer(4321, "no")),
        ["is lost at once"] = x => x.Server.Transport.Opened.Subscribe(link => link.Lose()),
        ["closes at identify with 3000"] = x => x.Server.On(Req, (on, _) => on.Link.CloseByPeer(3000)),
        ["closes at identify with 1011"] = x => x.Server.On(Req, (on, _) => on.Link.CloseByPeer(1011)),
        ["closes right after identify"] = x => x.Server.On(Req, (on, _) =>
        {
            on.Send(Success, x.Server.Player("ada").ToJson());
            on.Link.ReceiveMessage(Success, x.Server.Player("ada").ToJson());
            on.Link.CloseByPeer(1001);
        }),
        ["identify: never"] = x => x.Server.Ignore(Req),
        ["identify: nobody"] = x => x.Server.On(Req, (on, _) => on.Send(Success)),
        ["identify: another"] = x => x.Server.On(Req, (on, _) => on.Send(Success, x.Server.Player("grace").ToJson())),
        ["identify: INVALID_SOCKET_TOKEN"] = x => Refuses(x, "INVALID_SOCKET_TOKEN"),
        ["identify: INVALID_SESSION_TOKEN"] = x => Refuses(x, "INVALID_SESSION_TOKEN"),
        ["identify: RATE_LIMIT_EXCEEDED"] = x => x.Server.On(Req, (on, _) => on.SendError("unknown", "RATE_LIMIT_EXCEEDED", "no")),
        ["identify: any error"] = x => Refuses(x, "LISTENER_ERROR"),
        ["socket tokens: 401"] = x => Refuses(x, "INVALID_SOCKET_TOKEN", token => token.Reply(401, new { message = "Unauthorized" })),
        ["socket tokens: 401 of a session"] = x => Refuses(x, "INVALID_SOCKET_TOKEN", token => token.Reply(401, new { message = "no", errorCode = "INVALID_SESSION" })),
        ["socket tokens: 429 at once again"] = x => Refuses(x, "INVALID_SOCKET_TOKEN", token => token.Reply(429, "", ("retry-after", "0"))),
        ["socket tokens: html"] = x => Refuses(x, "INVALID_SOCKET_TOKEN", token => token.Reply(200, "<html></html>")),
        ["socket tokens: 403, and nobody identified"] = x =>
        {
            Refuses(x, "INVALID_SOCKET_TOKEN", token => token.Reply(403, new { message = "Missing access key scope(s): write:players" }));
            x.Server.Http.On("GET", "/v1/players/identify").Reply(200, new { alias = new { }, socketToken = "t-123456" });
        },
        ["v1.connected again and again"] = x => x.Server.On(Req, (on, _) =>
        {
            for (var i = 0; i < 100; i++) on.Send("v1.connected");
        }),
    };

    private static IEnumerable<string> Names => Servers.Keys;

    private static void Refuses(PlayedSession x, string code, Action<ScriptedRoute>? token = null)
    {
        x.Server.On(Req, (on, _) => on.SendError(Req, code, "no"));
        token?.Invoke(x.Server.Http.On("POST", TokenCall));
    }

    /// <summary>The most calls that began within any 60 s.</summary>
    private static int MostAMinute(IEnumerable<DateTimeOffset> times)
    {
        var all = times.ToArray();
        return all.Length == 0 ? 0 : all.Max(from => all.Count(x => x >= from && x - from < TimeSpan.FromSeconds(60)));
    }

    [Test]
    public void AnyServer_IsNotStormed([ValueSource(nameof(Names))] string server, [Values] bool hasAccount, [Values(0.0, 0.9999999)] double random)
    {
        using var session = new PlayedSession(x =>
        {
            x.Random = () => random;
            x.Reconnect.RateLimitJitter = TimeSpan.Zero;
        });
        if (hasAccount)
        {
            _ = new AccountServer(session);
            _ = session.Talo.PlayerAuth.LoginAsync("ada", "s3cret-pass");
            session.Advance(1);
        }
        else
        {
            session.Identified();
        }

        Servers[server](session);
        var before = session.Server.Http.Calls.Count;
        session.Advance(60);
        session.Server.Link.Lose();
        session.Advance(3600);
        var calls = session.Server.Http.Calls.Skip(before).ToArray();
        // With an account, a call that waited for its turn may have its session refreshed and be made once more.
        Assert.That(MostAMinute(calls.Select(x => x.At)), Is.LessThanOrEqualTo(hasAccount ? 20 : 10));
        Assert.That(MostAMinute(session.Server.Transport.Dials.Select(x => x.At)), Is.LessThanOrEqualTo(10));
        Assert.That(MostAMinute(session.Server.Transport.Links.SelectMany(x => x.Sent).Where(x => x.Req == Req).Select(x => x.At)), Is.LessThanOrEqualTo(15), "the share of the rate that is kept for it");
        Assert.That(session.Talo.CurrentAlias?.Identifier, Is.EqualTo("ada"), session.Path);
        Assert.That(session.Talo.Socket.State.Status, server == "tickets: 401" ? Is.EqualTo(ConnectionStatus.Failed) : Is.Not.EqualTo(ConnectionStatus.Failed));
    }

    [Test]
    public void AnyCloseCode_IsAClosureAndAReconnect()
    {
        using var session = new PlayedSession(x => x.Reconnect.StableAfter = TimeSpan.FromSeconds(1)).Identified();
        var codes = Enumerable.Range(0, 65536).Where(static x => x % 97 == 0 || x is > 990 and < 1020 || x is 3000 or 4999 or 65535).ToArray();
        foreach (var code in codes)
        {
            session.Server.Link.CloseByPeer(code, code % 2 == 0 ? "" : new string('r', 123));
            session.Advance(70);
            Assert.That(session.Talo.Socket.IsIdentified, Is.True, $"{code}");
        }

        Assert.That(session.Closures.Select(x => x.Code), Is.EqualTo(codes));
        Assert.That(session.Faults, Is.Empty);
    }

    [Test]
    public void ConnectedAgain_BeforeAndAfterIdentify_IsNoNews()
    {
        using var session = new PlayedSession().Identified();
        var states = session.States.Count;
        foreach (var data in new[] { "", ""","data":null""", ""","data":[]""", ""","data":{"id":5}""" }) session.Server.Link.Receive($$"""{"res":"v1.connected"{{data}}}""");
        session.Advance(60);
        Assert.That((session.States.Count, session.Faults.Count, session.Server.Link.Sent.Count(x => x.Req == Req)), Is.EqualTo((states, 0, 1)), session.Path);
    }

    [TestCase("")]
    [TestCase(""","data":null""")]
    [TestCase(""","data":{}""")]
    [TestCase(""","data":[]""")]
    [TestCase(""","data":"RATE_LIMIT_EXCEEDED" """)]
    [TestCase(""","data":{"req":null,"errorCode":null,"message":null,"cause":null}""")]
    [TestCase(""","data":{"req":5,"errorCode":7,"message":true}""")]
    [TestCase(""","data":{"req":["v1.players.identify"],"errorCode":"INVALID_SOCKET_TOKEN"}""")]
    [TestCase(""","data":{"req":{"v1.players.identify":1},"errorCode":{}}""")]
    [TestCase(""","data":{"req":"V1.PLAYERS.IDENTIFY","errorCode":"INVALID_SOCKET_TOKEN","message":""}""")]
    public void OddErrors_WhileIdentifyIsOpen_AreNotItsAnswer(string data)
    {
        using var session = new PlayedSession().Connected();
        session.Server.Ignore(Req);
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Settle();
        for (var i = 0; i < 10; i++) session.Server.Link.Receive($$"""{"res":"v1.error"{{data}}}""");
        session.Server.Session.Send(Success, session.Server.Player("ada").ToJson());
        session.Settle();
        Assert.That((session.Talo.Socket.IsIdentified, session.Server.Link.Sent.Count(x => x.Req == Req)), Is.EqualTo((true, 1)), session.Path);
    }

    [TestCase("5")]
    [TestCase("true")]
    [TestCase("[]")]
    [TestCase("""["ticket-12345"]""")]
    [TestCase("\"\"")]
    public void TicketOfAnotherType_IsNone(string ticket)
    {
        using var session = new PlayedSession();
        session.Server.Http.On("POST", Tickets).ReplyOnce(200, $$"""{"ticket":{{ticket}}}""");
        session.Settle();
        Assert.That((session.Talo.Socket.State.Status, session.Talo.Socket.State.Cause!.Kind), Is.EqualTo((ConnectionStatus.Waiting, ConnectionCauseKind.NoTicket)));
        Assert.That(session.Server.Transport.Dials, Is.Empty);
    }

    [Test]
    public void AnyDateHeader_AndAnyLocalClock_ChangeNothingButTheSigning(
        [Values("Mon, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "yesterday", "", "Fri, 31 Dec 9999 24:59:59 GMT")] string date,
        [Values(1, 2026, 9999)] int year)
    {
        using var session = new PlayedSession(x =>
        {
            x.SigningClock = () => year == 9999 ? DateTimeOffset.MaxValue : new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
            x.VerificationKey = new VerificationKey("1", "verification-key-0123456789");
        });
        session.Server.Http.On("POST", Tickets).ReplyOnce(503, "", ("date", date), ("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT"));
        session.Advance(1000);
        session.Identified();
        session.Server.Http.On("POST", TokenCall).ReplyOnce(429, "", ("date", date), ("retry-after", "Mon, 01 Jan 0001 00:00:00 GMT"));
        session.Server.Player("ada").ReplaceSocketToken();
        session.Server.Link.Lose();
        session.Advance(1000);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
    }

    [Test]
    public void SuccessWithNothingButTheId_KeepsWhatIsKnownOfThePlayer()
    {
        using var session = new PlayedSession().Connected();
        session.Server.On(Req, (x, _) => x.Send(Success, new { id = 101 }));
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Settle();
        Assert.That((session.Talo.Socket.IsIdentified, session.Talo.CurrentAlias!.Identifier), Is.EqualTo((true, "ada")), session.Path);
        Assert.That(session.Talo.CurrentAlias.Player.Id, Is.Not.Empty);
        Assert.That(() => session.Talo.Players.SetProp("level", "7"), Throws.Nothing);
    }

    [Test]
    public void SocketTokenThatCannotBeSent_IsRefusedHere()
    {
        using var session = new PlayedSession().Identified();
        Assert.That(() => session.Talo.Socket.SetSocketToken("half \ud83d"), Throws.ArgumentException);
        session.Server.Link.Lose();
        session.Advance(2);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
    }

    [TestCase("\"half \\ud83d\"")]
    [TestCase("\"line\\r\\nbreak\"")]
    [TestCase("\"\\u0000\"")]
    public void SocketTokenOfAnyCharacters_IsSentAsItIs_AndRefusedByTheServer(string token)
    {
        using var session = new PlayedSession().Connected();
        session.Server.Http.On("GET", "/v1/players/identify").Reply(_ => ScriptedReply.Text(200, $$"""{"alias":{{session.Server.Player("ada").ToJson()}},"socketToken":{{token}}}"""));
        session.Server.Player("ada").ReplaceSocketToken();
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Advance(2);
        Assert.That((session.Talo.Socket.IsIdentified, session.Errors.Count), Is.EqualTo((true, 1)), session.Path);
    }

    [Test]
    public void RefreshWithTheTokenOfBefore_SaysSo_AndSignsNobodyOut()
    {
        using var session = new PlayedSession();
        var server = new AccountServer(session);
        _ = session.Talo.PlayerAuth.LoginAsync("ada", "s3cret-pass");
        session.Settle();
        session.Server.Http.On("POST", "/v1/players/auth/refresh").Reply(_ => ScriptedReply.Json(200, new { sessionToken = server.SessionToken, refreshToken = server.RefreshToken }));
        session.Advance(1000);
        var find = session.Talo.Channels.JoinAsync(41);
        session.Settle();
        var error = (TaloException)PlayedSession.Error(find);
        Assert.That(error.Message, Does.Contain("refresh").And.Not.Contain("signed out"));
        Assert.That((error.ErrorCode, session.Talo.PlayerAuth.IsSignedIn), Is.EqualTo(((string?)null, true)));
    }

    [Test]
    public void EndlessSessionRefusals_CostARefreshACall()
    {
        using var session = new PlayedSession();
        var server = new AccountServer(session);
        _ = session.Talo.PlayerAuth.LoginAsync("ada", "s3cret-pass");
        session.Settle();
        session.Server.Http.On("POST", "/v1/game-channels/41/join").Reply(401, new { message = "no", errorCode = "INVALID_SESSION" });
        var join = session.Talo.Channels.JoinAsync(41);
        session.Advance(60);
        Assert.That(PlayedSession.Error(join), Is.InstanceOf<TaloException>().With.Property("Status").EqualTo(401));
        Assert.That((server.Refreshes, session.Server.Http.CallsTo("POST", "/v1/game-channels/41/join").Count), Is.EqualTo((1, 2)));
    }
}
