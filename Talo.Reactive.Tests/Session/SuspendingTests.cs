using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Session;

public sealed class SuspendingTests
{
    [Test]
    public void Suspend_ClosesWith1000_StopsEveryWait_AndKeepsTheOutbox()
    {
        using var session = new PlayedSession().Identified();
        session.Talo.Socket.Suspend();
        session.Advance(1);
        Assert.That(session.Server.Link.ClosedWith!.Code, Is.EqualTo(1000));
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Closed));
        var send = session.Talo.Channels.SendMessageAsync(41, "later");
        session.Advance(86_400);
        Assert.That((send.IsCompleted, session.Server.Transport.Dials.Count), Is.EqualTo((false, 1)));

        session.Talo.Socket.Resume();
        session.Settle();
        session.Settle();
        Assert.That((send.IsCompletedSuccessfully, session.Talo.Socket.IsIdentified), Is.EqualTo((true, true)), session.Path);
        Assert.That(session.Texts, Is.EqualTo(new[] { "later" }));
    }

    [Test]
    public void Suspend_KeepsWhatWaitedBefore()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Link.Lose();
        session.Settle();
        var send = session.Talo.Channels.SendMessageAsync(41, "earlier");
        session.Talo.Socket.Suspend();
        session.Advance(600);
        Assert.That((send.IsCompleted, session.Server.Transport.Dials.Count), Is.EqualTo((false, 1)));
        session.Talo.Socket.Resume();
        session.Settle();
        Assert.That(session.Texts, Is.EqualTo(new[] { "earlier" }));
    }

    [Test]
    public void Resume_DialsAtOnce_WithAttemptZero()
    {
        using var session = new PlayedSession();
        session.Server.Transport.Script(DialOutcome.Fails(), DialOutcome.Fails(), DialOutcome.Fails(), DialOutcome.Fails());
        session.Advance(10);
        session.Talo.Socket.Suspend();
        session.Settle();
        session.Talo.Socket.Resume();
        Assert.That(session.Talo.Socket.State, Has.Property("Status").EqualTo(ConnectionStatus.Connecting).And.Property("Attempt").Zero);
        session.Settle();
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected));
    }

    [Test]
    public void Resume_WhileTheOldCloseIsUnanswered_DialsAtOnce()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Link.IgnoreClose();
        session.Talo.Socket.Suspend();
        session.Settle();
        session.Talo.Socket.Resume();
        session.Settle();
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
        Assert.That(session.Server.Transport.Links[0].AbortedAt, Is.Not.Null);
    }

    [Test]
    public void Suspend_KeepsTheWaitOfOpen_AndCloseEndsIt()
    {
        using var session = new PlayedSession();
        session.Server.SendsConnected = false;
        var open = session.Talo.Socket.OpenConnectionAsync();
        session.Settle();
        session.Talo.Socket.Suspend();
        session.Advance(60);
        Assert.That(open.IsCompleted, Is.False);
        _ = session.Talo.Socket.CloseConnectionAsync();
        session.Advance(60);
        Assert.That(PlayedSession.Error(open), Is.InstanceOf<TaloException>());
    }

    [Test]
    public void CloseAfterSuspend_ResumeDoesNothing()
    {
        using var session = new PlayedSession().Identified();
        session.Talo.Socket.Suspend();
        session.Settle();
        _ = session.Talo.Socket.CloseConnectionAsync();
        session.Settle();
        session.Talo.Socket.Resume();
        session.Advance(60);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Closed));
    }

    [Test]
    public void Resume_Unsuspended_DoesNothing()
    {
        using var session = new PlayedSession().Identified();
        var path = session.Path;
        session.Talo.Socket.Resume();
        session.Settle();
        Assert.That((session.Path, session.Tickets), Is.EqualTo((path, 1)));
    }

    [Test]
    public void Suspension_IsAGap()
    {
        using var session = new PlayedSession().Identified();
        session.Advance(100);
        var suspended = session.Scheduler.Now;
        session.Talo.Socket.Suspend();
        session.Advance(50);
        session.Talo.Socket.Resume();
        session.Settle();
        Assert.That(session.States[^1].Gap, Is.EqualTo(new ConnectionGap(suspended, session.States[^1].Since)));
    }
}
