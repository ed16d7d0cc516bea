using System;
using System.Linq;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Session;

/// <summary>The game plays as somebody else, or as nobody.</summary>
public sealed class AnotherPlayerTests
{
    [Test]
    public void AnotherPlayer_WhileIdentified_ClosesTheOldLinkBeforeTheNewDial()
    {
        using var session = new PlayedSession().Identified("ada");
        var old = session.Server.Link;
        old.CloseTime = TimeSpan.FromSeconds(1);
        _ = session.Talo.Players.IdentifyAsync("username", "grace");
        session.Advance(0.5);
        Assert.That(old.ClosedWith!.Code, Is.EqualTo(1000));
        Assert.That((session.Tickets, session.Server.Transport.Dials.Count), Is.EqualTo((1, 1)), "two links at a time would put the new player offline");
        session.Advance(1);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
        Assert.That(session.Server.Session.Player!.Identifier, Is.EqualTo("grace"));
        Assert.That(session.Server.Sessions[0].Player!.Identifier, Is.EqualTo("ada"));
        Assert.That(session.Closures.Single().Origin, Is.EqualTo(ClosureOrigin.Game));
        Assert.That(session.Path, Does.EndWith("Identified Connecting Connected Identifying Identified"));
    }

    [Test]
    public void AnotherPlayer_WhileTheFirstIsBeingIdentified_ResetsToo()
    {
        using var session = new PlayedSession().Connected();
        session.Server.Ignore("v1.players.identify");
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Settle();
        _ = session.Talo.Players.IdentifyAsync("username", "grace");
        session.Settle();
        Assert.That(session.Server.Transport.Links[0].ClosedWith!.Code, Is.EqualTo(1000));
        Assert.That(session.Server.Transport.Links, Has.Count.EqualTo(2));
    }

    [Test]
    public void SamePlayerAgain_KeepsTheLink_AndTheNewTokenCounts()
    {
        using var session = new PlayedSession().Identified("ada");
        session.Identified("ada");
        Assert.That(session.Server.Transport.Links, Has.Count.EqualTo(1));
        session.Server.Link.Lose();
        session.Advance(2);
        Assert.That((session.Talo.Socket.IsIdentified, session.Errors.Count), Is.EqualTo((true, 0)));
    }

    [Test]
    public void ClearIdentity_ResetsTheConnection_AndPlaysAsNobody()
    {
        using var session = new PlayedSession().Identified("ada");
        session.Talo.Players.ClearIdentity();
        session.Settle();
        Assert.That(session.Talo.HasIdentity, Is.False);
        Assert.That(session.Server.Transport.Links[0].ClosedWith!.Code, Is.EqualTo(1000));
        session.Advance(60);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected));
        Assert.That(session.Server.Session.Player, Is.Null);
    }

    [Test]
    public void ClearIdentity_WhileWaiting_IdentifiesNobodyLater()
    {
        using var session = new PlayedSession().Identified("ada");
        session.Server.Link.Lose();
        session.Settle();
        session.Talo.Players.ClearIdentity();
        session.Advance(60);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected));
        Assert.That(session.Server.Link.Sent.Where(x => !x.IsHeartbeat), Is.Empty);
    }

    [Test]
    public void AnotherPlayer_WhileATokenIsBeingHad_IsIdentifiedAtOnce()
    {
        using var session = new PlayedSession().Identified("ada");
        session.Server.Http.On("POST", "/v1/players/socket-token").NeverOnce();
        session.Server.Player("ada").ReplaceSocketToken();
        session.Server.Link.Lose();
        session.Advance(2);
        Assert.That(session.Server.Http.CallsTo("POST", "/v1/players/socket-token").Single().IsPending, Is.True);
        session.Identified("grace");
        Assert.That(session.Server.Http.CallsTo("POST", "/v1/players/socket-token").Single().GivenUpAt, Is.Not.Null);
        Assert.That(session.Server.Session.Player!.Identifier, Is.EqualTo("grace"));
    }

    [Test]
    public void IdentifyThatTheServerRefuses_LeavesThePlayerOfBefore()
    {
        using var session = new PlayedSession().Identified("ada");
        session.Server.Http.On("GET", "/v1/players/identify").ReplyOnce(404, new { message = "Player not found" });
        var identify = session.Talo.Players.IdentifyAsync("username", "nobody");
        session.Settle();
        Assert.That(PlayedSession.Error(identify), Is.InstanceOf<TaloException>().With.Property("Status").EqualTo(404));
        Assert.That((session.Talo.Socket.IsIdentified, session.Talo.CurrentAlias!.Identifier), Is.EqualTo((true, "ada")));
    }
}
