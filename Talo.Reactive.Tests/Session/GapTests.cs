using System;
using System.Linq;
using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Session;

/// <summary>From when to when events were missed: never later than the truth at its begin, and never earlier at its end.</summary>
public sealed class GapTests
{
    private static double From(PlayedSession session) => Math.Round((session.States[^1].Gap!.From - session.Start).TotalSeconds, 1);

    private static double To(PlayedSession session) => Math.Round((session.States[^1].Gap!.To - session.Start).TotalSeconds, 1);

    [TestCase(10, 0, TestName = "LostBeforeTheFirstHeartbeat_FromTheGreeting")]
    [TestCase(30, 0, TestName = "LostAfterTheFirstHeartbeat_FromTheLastLook")]
    [TestCase(45, 25, TestName = "LostAfterTheAnswerOfAHeartbeat_FromThatHeartbeat")]
    [TestCase(610, 600, TestName = "LostAfterManyHeartbeats_FromTheLastOne")]
    public void LostLink(double lostAt, double from)
    {
        using var session = new PlayedSession().Identified();
        session.Advance(lostAt);
        session.Server.Link.Lose();
        session.Advance(2);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True);
        var told = session.States.Last(x => x.Gap is not null);
        Assert.That(told.Status, Is.EqualTo(ConnectionStatus.Identified));
        Assert.That(Math.Round((told.Gap!.From - session.Start).TotalSeconds, 1), Is.LessThanOrEqualTo(lostAt).And.GreaterThanOrEqualTo(from));
        Assert.That(told.Gap.To, Is.EqualTo(told.Since));
    }

    [Test]
    public void LostLink_FromIsNotLaterThanTheLastFrame()
    {
        using var session = new PlayedSession().Identified();
        session.Server.AnswersHeartbeats = false;
        session.Advance(20);
        session.Server.Link.ReceiveMessage("v1.last");
        session.Advance(12);
        session.Server.Link.Lose();
        session.Advance(2);
        Assert.That(From(session), Is.InRange(0, 20));
    }

    [Test]
    public void DeadLink_FromIsBeforeTheHeartbeatThatWasNotAnswered()
    {
        using var session = new PlayedSession().Identified();
        session.Advance(60);
        session.Server.AnswersHeartbeats = false;
        session.Advance(31);
        session.Server.AnswersHeartbeats = true;
        session.Advance(2);
        Assert.That(session.Closures.Single().Origin, Is.EqualTo(ClosureOrigin.DeadLink));
        Assert.That(From(session), Is.InRange(40, 75));
        Assert.That(To(session), Is.EqualTo(91).Within(0.2));
    }

    [Test]
    public void HeartbeatsOff_TheGapStillBeginsNearTheEnd()
    {
        using var session = new PlayedSession(x => x.Heartbeat.Enabled = false).Identified();
        for (var i = 0; i < 3600; i++)
        {
            session.Advance(1);
            session.Server.Link.ReceiveMessage("v1.tick");
        }

        session.Server.Link.Lose();
        session.Advance(2);
        Assert.That(From(session), Is.InRange(3500, 3600.1));
    }

    [Test]
    public void ServerClose_FromIsTheClose()
    {
        using var session = new PlayedSession().Identified();
        session.Advance(33);
        var closed = session.Scheduler.Now;
        session.Server.Link.CloseByPeer(1001);
        session.Advance(2);
        Assert.That(session.States[^1].Gap!.From, Is.EqualTo(closed));
    }

    [Test]
    public void WithoutAPlayer_TheGapEndsAtConnected()
    {
        using var session = new PlayedSession().Connected();
        session.Server.Link.CloseByPeer(1001);
        session.Advance(1.5);
        Assert.That(session.States[^1], Has.Property("Status").EqualTo(ConnectionStatus.Connected).And.Property("Gap").Not.Null);
    }

    [Test]
    public void ManyFailedDials_AreOneGap()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Transport.Otherwise = DialOutcome.Fails();
        var closed = session.Scheduler.Now;
        session.Server.Link.CloseByPeer(1001);
        session.Advance(300);
        session.Server.Transport.Otherwise = DialOutcome.Opens();
        session.Advance(31);
        var gaps = session.States.Where(x => x.Gap is not null).Select(x => x.Gap!.From).ToArray();
        Assert.That(gaps, Is.EqualTo(new[] { closed }));
    }

    [Test]
    public void FirstConnection_HasNoGap()
    {
        using var session = new PlayedSession();
        session.Server.Transport.Script(DialOutcome.Fails());
        session.Advance(5);
        session.Identified();
        Assert.That(session.States.Where(x => x.Gap is not null), Is.Empty);
    }

    [Test]
    public void Reset_IsAGapFromTheReset()
    {
        using var session = new PlayedSession().Identified();
        session.Advance(12);
        var reset = session.Scheduler.Now;
        session.Server.Link.CloseTime = TimeSpan.FromSeconds(1);
        _ = session.Talo.Socket.ResetConnectionAsync();
        session.Advance(1.5);
        Assert.That(session.States[^1].Gap, Is.EqualTo(new ConnectionGap(reset, session.States[^1].Since)));
    }
}
