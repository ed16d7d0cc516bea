using System;
using System.Linq;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Session;

/// <summary>Tokens and the identify request.</summary>
public sealed class IdentifyingTests
{
    private static string[] IdentifyTokens(PlayedSession session) =>
        [.. session.Server.Transport.Links.SelectMany(x => x.Sent).Where(x => x.Req == "v1.players.identify").Select(x => (string)x.Data["socketToken"]!)];

    private static int Mints(PlayedSession session) => session.Server.Http.CallsTo("POST", "/v1/players/socket-token").Count;

    private static int Gets(PlayedSession session) => session.Server.Http.CallsTo("GET", "/v1/players/identify").Count;

    private static void Reconnect(PlayedSession session)
    {
        session.Server.Link.Lose();
        session.Advance(2);
    }

    [Test]
    public void Token_IsReusedWithinItsHour_AndRenewedAfter()
    {
        using var session = new PlayedSession().Identified();
        session.Advance(58 * 60);
        Reconnect(session);
        Assert.That((session.Talo.Socket.IsIdentified, Mints(session)), Is.EqualTo((true, 0)));
        Assert.That(IdentifyTokens(session).Distinct().Count(), Is.EqualTo(1));

        session.Advance(120);
        Reconnect(session);
        Assert.That((session.Talo.Socket.IsIdentified, Mints(session), session.Errors.Count), Is.EqualTo((true, 1, 0)));
        session.Advance(58 * 60);
        Reconnect(session);
        Assert.That((session.Talo.Socket.IsIdentified, Mints(session)), Is.EqualTo((true, 1)));
    }

    [Test]
    public void InvalidSocketToken_GetsOneOnce_AndRetriesAtOnce()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Player("ada").ReplaceSocketToken();
        session.Server.Link.Lose();
        session.Advance(1.1);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
        Assert.That((Mints(session), session.Errors.Count), Is.EqualTo((1, 1)));
        Assert.That(session.Server.Http.CallsTo("POST", "/v1/players/socket-token").Single().Header("x-talo-alias"), Is.EqualTo("101"));
    }

    [Test]
    public void InvalidSocketToken_WhereTheKeyMayNotMint_GetsIdentifyAgain()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Http.On("POST", "/v1/players/socket-token").Reply(403, new { message = "Missing access key scope(s): write:players" });
        session.Server.Player("ada").ReplaceSocketToken();
        session.Server.Link.Lose();
        session.Advance(1.1);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
        Assert.That((Mints(session), Gets(session)), Is.EqualTo((1, 2)));
    }

    [TestCase("steam")]
    [TestCase("google_play_games")]
    [TestCase("game_center")]
    public void InvalidSocketToken_OfAPlatformTicket_NeverSpendsTheTicketAgain(string service)
    {
        using var session = new PlayedSession();
        var identify = session.Talo.Players.IdentifyAsync(service, "0123:ticket");
        session.Settle();
        Assert.That((identify.IsCompletedSuccessfully, session.Talo.Socket.IsIdentified), Is.EqualTo((true, true)));
        session.Server.Http.On("POST", "/v1/players/socket-token").Reply(403, new { message = "Missing access key scope(s): write:players" });
        session.Server.Player("0123:ticket", service).ReplaceSocketToken();
        Reconnect(session);
        session.Advance(120);
        Assert.That(Gets(session), Is.EqualTo(1));
        Assert.That(session.Talo.Socket.State, Has.Property("Status").EqualTo(ConnectionStatus.Connected).And.Property("RetryIn").Not.Null);
        Assert.That(session.Faults, Is.Not.Empty);
        Assert.That(session.Faults.Select(x => x.Kind), Is.All.EqualTo(TaloFaultKind.BackgroundCallFailed));
    }

    [Test]
    public void RefusedAgainAndAgain_BacksOff_AndIsNeverLeftUnidentifiedForGood()
    {
        using var session = new PlayedSession().Identified();
        var refusals = 0;
        session.Server.On("v1.players.identify", (x, _) =>
        {
            refusals++;
            x.SendError("v1.players.identify", "INVALID_SOCKET_TOKEN", "Invalid socket token");
        });
        Reconnect(session);
        session.Advance(600);
        Assert.That(refusals, Is.InRange(20, 40), "30 s apart in the end");
        Assert.That(session.Server.Transport.Links, Has.Count.EqualTo(2), "the link itself is good");
        Assert.That(session.States[^1].Cause!.Kind, Is.EqualTo(ConnectionCauseKind.IdentifyFailed));

        session.Server.On("v1.players.identify", (x, _) => x.Send("v1.players.identify.success", session.Server.Player("ada").ToJson()));
        session.Advance(31);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
    }

    [Test]
    public void TokenCall429_IsRetriedAfterTheMinute()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Http.On("POST", "/v1/players/socket-token").ReplyOnce(429, new { message = "Too many requests" }, ("retry-after", "60"));
        session.Server.Player("ada").ReplaceSocketToken();
        Reconnect(session);
        Assert.That(session.Talo.Socket.State.RetryIn!.Value.TotalSeconds, Is.EqualTo(90).Within(0.01));
        session.Advance(88);
        Assert.That((Mints(session), session.Talo.Socket.IsIdentified), Is.EqualTo((1, false)));
        session.Advance(2);
        Assert.That((Mints(session), session.Talo.Socket.IsIdentified), Is.EqualTo((2, true)));
    }

    [Test]
    public void IdentifyThatIsNotAnswered_TimesOut_AndIsTriedAgain()
    {
        using var session = new PlayedSession().Connected();
        session.Server.Ignore("v1.players.identify");
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Advance(9.9);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Identifying));
        session.Server.On("v1.players.identify", (x, _) => x.Send("v1.players.identify.success", session.Server.Player("ada").ToJson()));
        session.Advance(0.2);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected));
        session.Advance(1);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
    }

    [TestCase("MISSING_ACCESS_KEY_SCOPES")]
    [TestCase("MISSING_API_KEY_SCOPES")]
    public void ScopeError_FaultsTheWaitForThePlayer_NowAndLater(string code)
    {
        using var session = new PlayedSession().Connected();
        session.Server.On("v1.players.identify", (x, _) => x.SendError("v1.players.identify", code, "Missing access key scope(s): read:players"));
        var before = session.Talo.Socket.WhenIdentifiedAsync();
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Advance(1);
        Assert.That(PlayedSession.Error(before).Message, Does.Contain("read:players"));
        var after = session.Talo.Socket.WhenIdentifiedAsync();
        session.Advance(1);
        Assert.That(PlayedSession.Error(after).Message, Does.Contain("read:players"));
        session.Advance(600);
        Assert.That(IdentifyTokens(session), Has.Length.EqualTo(1), "the answer would be the same");
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected));
    }

    [Test]
    public void NewerToken_ArrivingWhileTheOldOneIsInFlight_IsUsedWithoutACall()
    {
        using var session = new PlayedSession().Connected();
        session.Server.Latency = TimeSpan.FromSeconds(1);
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Advance(0.1);
        session.Server.Player("ada").ReplaceSocketToken();
        session.Server.Link.ReceiveMessage("v1.error", new { req = "unrelated", message = "x", errorCode = "X" });
        // The server has refused the old token by now; its answer is on the way.
        session.Server.On("v1.players.identify", (x, frame) =>
        {
            if ((string)frame.Data["socketToken"]! == session.Server.Player("ada").SocketToken) x.Send("v1.players.identify.success", session.Server.Player("ada").ToJson());
            else x.SendError("v1.players.identify", "INVALID_SOCKET_TOKEN", "Invalid socket token");
        });
        session.Server.Link.Lose();
        session.Advance(2.5);
        Assert.That(IdentifyTokens(session), Has.Length.EqualTo(2), session.Path);
        session.Talo.Socket.SetSocketToken(session.Server.Player("ada").SocketToken);
        Assert.That(IdentifyTokens(session), Has.Length.EqualTo(2), "one request at a time");
        session.Advance(3);
        Assert.That((session.Talo.Socket.IsIdentified, Mints(session)), Is.EqualTo((true, 0)), session.Path);
        Assert.That(IdentifyTokens(session)[^1], Is.EqualTo(session.Server.Player("ada").SocketToken));
    }

    [Test]
    public void SetSocketToken_IdentifiesAsSoonAsThereIsAConnection()
    {
        using var session = new PlayedSession().Connected();
        session.Server.Ignore("v1.players.identify");
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Settle();
        session.Server.Link.Lose();
        session.Settle();
        session.Talo.Socket.SetSocketToken("token-of-the-game-1234");
        session.Advance(2);
        Assert.That(IdentifyTokens(session)[^1], Is.EqualTo("token-of-the-game-1234"));
    }

    [Test]
    public void SetSocketToken_WithoutAPlayer_Throws()
    {
        using var session = new PlayedSession().Connected();
        Assert.That(() => session.Talo.Socket.SetSocketToken("token-of-the-game-1234"), Throws.InstanceOf<TaloException>().With.Message.Contains("IdentifyAsync"));
    }
}
