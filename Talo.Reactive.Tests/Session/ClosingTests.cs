using System;
using System.Linq;
using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Session;

/// <summary>The game closes, and opens again.</summary>
public sealed class ClosingTests
{
    [Test]
    public void Close_SendsItsCodeAndReason_AndStaysClosed()
    {
        using var session = new PlayedSession().Identified();
        var close = session.Talo.Socket.CloseConnectionAsync(4001, "to the menu");
        session.Advance(600);
        Assert.That(close.IsCompletedSuccessfully, Is.True);
        Assert.That(session.Server.Link.ClosedWith!.ToString(), Is.EqualTo("4001 to the menu"));
        Assert.That(session.Closures.Single(), Is.EqualTo(new Closure(4001, "to the menu", ClosureOrigin.Game, null)));
        Assert.That(session.Talo.Socket.State, Has.Property("Status").EqualTo(ConnectionStatus.Closed).And.Property("Attempt").Zero);
        Assert.That(session.Server.Transport.Dials, Has.Count.EqualTo(1));
    }

    [Test]
    public void Close_RefusesWhatWaits_AndWhatComes()
    {
        using var session = new PlayedSession();
        session.Server.SendsConnected = false;
        session.Settle();
        var waits = session.Talo.Socket.SendAsync("v1.game.x");
        _ = session.Talo.Socket.CloseConnectionAsync();
        var comes = session.Talo.Socket.SendAsync("v1.game.y");
        session.Settle();
        foreach (var send in new[] { waits, comes })
            Assert.That(PlayedSession.Error(send), Is.InstanceOf<TaloSendException>().With.Property("Outcome").EqualTo(SendOutcome.Refused));
    }

    [Test]
    public void Open_AfterClose_WorksAgain_WithThePlayer()
    {
        using var session = new PlayedSession().Identified();
        _ = session.Talo.Socket.CloseConnectionAsync();
        session.Advance(60);
        var open = session.Talo.Socket.OpenConnectionAsync();
        session.Settle();
        Assert.That((open.IsCompletedSuccessfully, session.Talo.Socket.IsIdentified), Is.EqualTo((true, true)));
        Assert.That(session.States[^1].Gap, Is.EqualTo(new ConnectionGap(session.States.Single(x => x.Status == ConnectionStatus.Closed).Since, session.States[^1].Since)));
    }

    [Test]
    public void Open_DuringTheClosingHandshake_WaitsForIt()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Link.CloseTime = TimeSpan.FromSeconds(1.5);
        var close = session.Talo.Socket.CloseConnectionAsync();
        session.Settle();
        var open = session.Talo.Socket.OpenConnectionAsync();
        session.Advance(1.4);
        Assert.That((close.IsCompleted, open.IsCompleted, session.Server.Transport.Dials.Count), Is.EqualTo((false, false, 1)));
        session.Advance(0.2);
        Assert.That((close.IsCompletedSuccessfully, open.IsCompletedSuccessfully, session.Server.Transport.Dials.Count), Is.EqualTo((true, true, 2)));
    }

    [Test]
    public void CloseOpenClose_DuringOneHandshake_EndsClosed()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Link.CloseTime = TimeSpan.FromSeconds(1);
        var first = session.Talo.Socket.CloseConnectionAsync();
        var open = session.Talo.Socket.OpenConnectionAsync();
        var second = session.Talo.Socket.CloseConnectionAsync();
        session.Advance(60);
        Assert.That((first.IsCompletedSuccessfully, second.IsCompletedSuccessfully, open.IsFaulted), Is.EqualTo((true, true, true)));
        Assert.That(session.Server.Transport.Dials, Has.Count.EqualTo(1));
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Closed));
    }

    [Test]
    public void CloseThatIsNotAnswered_IsBounded()
    {
        using var session = new PlayedSession(x => x.Timeouts.Close = TimeSpan.FromSeconds(3)).Identified();
        session.Server.Link.IgnoreClose();
        var close = session.Talo.Socket.CloseConnectionAsync(1000, "bye");
        session.Advance(2.9);
        Assert.That(close.IsCompleted, Is.False);
        session.Advance(0.2);
        Assert.That(close.IsCompletedSuccessfully, Is.True);
        Assert.That(session.Closures.Single(), Is.EqualTo(new Closure(1000, "bye", ClosureOrigin.Game, null)));
        Assert.That(session.Server.Link.AbortedAt, Is.Not.Null);
    }

    [Test]
    public void Close_BehindAWriteThatNeverEnds_IsBounded()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Link.HoldWrites();
        var send = session.Talo.Socket.SendAsync("v1.game.x");
        var close = session.Talo.Socket.CloseConnectionAsync();
        session.Advance(2.1);
        Assert.That(close.IsCompletedSuccessfully, Is.True);
        Assert.That(((TaloSendException)PlayedSession.Error(send)).Outcome, Is.EqualTo(SendOutcome.Unknown));
    }

    [TestCase(0.0)]
    [TestCase(0.5)]
    public void Close_WhileDialling_GivesTheDialUp(double dialTime)
    {
        using var session = new PlayedSession();
        session.Server.Transport.Otherwise = DialOutcome.Opens(TimeSpan.FromSeconds(dialTime));
        session.Scheduler.AdvanceBy(4);
        var close = session.Talo.Socket.CloseConnectionAsync();
        session.Advance(60);
        Assert.That(close.IsCompletedSuccessfully, Is.True);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Closed));
        Assert.That(session.Server.Transport.Links.Where(x => x.IsOpen), Is.Empty);
    }

    [Test]
    public void Close_WhileWaiting_EndsTheWait()
    {
        using var session = new PlayedSession();
        session.Server.Transport.Script(DialOutcome.Fails());
        session.Settle();
        var close = session.Talo.Socket.CloseConnectionAsync();
        session.Advance(600);
        Assert.That((close.IsCompletedSuccessfully, session.Server.Transport.Dials.Count), Is.EqualTo((true, 1)));
        Assert.That(session.Path, Is.EqualTo("Disconnected Connecting Waiting Closed"));
    }

    [Test]
    public void Close_BeforeTheClientOpenedByItself_KeepsItClosed()
    {
        using var session = new PlayedSession();
        var close = session.Talo.Socket.CloseConnectionAsync();
        session.Advance(60);
        Assert.That((close.IsCompletedSuccessfully, session.Tickets), Is.EqualTo((true, 0)));
    }

    [Test]
    public void Close_FaultsWhoWaitsForThePlayer()
    {
        using var session = new PlayedSession().Connected();
        var identified = session.Talo.Socket.WhenIdentifiedAsync();
        _ = session.Talo.Socket.CloseConnectionAsync();
        session.Settle();
        Assert.That(PlayedSession.Error(identified), Is.InstanceOf<TaloException>());
    }

    [Test]
    public void Reset_ClosesWith1000_AndCompletesAtTheNewConnection()
    {
        using var session = new PlayedSession().Identified();
        var reset = session.Talo.Socket.ResetConnectionAsync();
        Assert.That(reset.IsCompleted, Is.False);
        session.Settle();
        Assert.That(reset.IsCompletedSuccessfully, Is.True);
        Assert.That(session.Server.Transport.Links[0].ClosedWith!.Code, Is.EqualTo(1000));
        Assert.That((session.Talo.Socket.IsIdentified, session.Tickets), Is.EqualTo((true, 2)));
    }
}
