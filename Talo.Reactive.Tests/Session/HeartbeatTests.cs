using System;
using System.Linq;
using System.Reactive.Linq;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Session;

public sealed class HeartbeatTests
{
    private static double[] Beats(PlayedSession session) =>
        [.. session.Server.Link.Sent.Where(x => x.IsHeartbeat).Select(x => Math.Round((x.At - session.Start).TotalSeconds))];

    [Test]
    public void Heartbeat_GoesOutAtItsInterval_UnsignedAndAlone()
    {
        using var session = new PlayedSession().Connected();
        session.Advance(101);
        Assert.That(Beats(session), Is.EqualTo(new[] { 25.0, 50, 75, 100 }));
        Assert.That(session.Messages.Select(x => x.Res), Is.EqualTo(new[] { "v1.connected" }), "its answer is no message");
    }

    [Test]
    public void Interval_IsAnOption()
    {
        using var session = new PlayedSession(x => x.Heartbeat.Interval = TimeSpan.FromSeconds(10)).Connected();
        session.Advance(31);
        Assert.That(Beats(session), Is.EqualTo(new[] { 10.0, 20, 30 }));
    }

    [Test]
    public void Disabled_SendsNone_AndDropsNothing()
    {
        using var session = new PlayedSession(x => x.Heartbeat.Enabled = false).Connected();
        session.Advance(3600);
        Assert.That(Beats(session), Is.Empty);
        Assert.That(session.Path, Is.EqualTo("Disconnected Connecting Connected"));
    }

    [Test]
    public void DeadLink_IsDropped_AndTheClientReconnects()
    {
        using var session = new PlayedSession().Connected();
        session.Server.AnswersHeartbeats = false;
        session.Advance(39.9);
        Assert.That(session.Server.Link.AbortedAt, Is.Null);
        session.Advance(0.2);
        Assert.That(session.Server.Link.AbortedAt, Is.Not.Null);
        Assert.That(session.Closures.Single(), Is.EqualTo(new Closure(1006, "", ClosureOrigin.DeadLink, session.Talo.Socket.State.RetryIn)));
        Assert.That(session.Talo.Socket.State.Cause!.Kind, Is.EqualTo(ConnectionCauseKind.DeadLink));
        session.Advance(2);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected));
    }

    [TestCase("""{"res":"v1.something.new","data":{}}""")]
    [TestCase("v1.heartbeat")]
    [TestCase("not even json")]
    public void AnyFrame_CountsAsAnAnswer(string frame)
    {
        using var session = new PlayedSession().Connected();
        session.Server.AnswersHeartbeats = false;
        for (var i = 0; i < 20; i++)
        {
            session.Advance(14);
            session.Server.Link.Receive(frame);
        }

        Assert.That(session.Server.Transport.Links, Has.Count.EqualTo(1));
        session.Advance(60);
        Assert.That(session.Server.Transport.Links[0].AbortedAt, Is.Not.Null);
    }

    [Test]
    public void SlowObserver_PausesTheTimeout()
    {
        using var session = new PlayedSession().Connected();
        session.Server.Latency = TimeSpan.FromSeconds(2);
        using var slow = session.Talo.Socket.Messages.Where(x => x.Res == "v1.slow").Subscribe(_ => session.Scheduler.Sleep(TimeSpan.FromMinutes(5).Ticks));
        for (var i = 0; i < 5; i++)
        {
            session.Advance(24.5);
            session.Server.Link.ReceiveMessage("v1.slow");
            session.Advance(0.1);
        }

        session.Advance(120);
        Assert.That(session.Server.Transport.Links, Has.Count.EqualTo(1), session.Path);
        Assert.That(session.Server.Link.AbortedAt, Is.Null);
    }

    [Test]
    public void SilenceAfterRateLimitExceeded_PausesHeartbeatAndTimeout()
    {
        using var session = new PlayedSession().Connected();
        session.Server.AnswersHeartbeats = false;
        session.Advance(31);
        session.Server.Link.ReceiveMessage("v1.error", new { req = "unknown", message = "Rate limit exceeded", errorCode = "RATE_LIMIT_EXCEEDED" });
        session.Advance(60);
        Assert.That(session.Server.Link.AbortedAt, Is.Null, "the server answers nothing in its block");
        Assert.That(Beats(session), Is.EqualTo(new[] { 25.0 }));
        session.Server.AnswersHeartbeats = true;
        session.Advance(60);
        Assert.That(Beats(session), Is.EqualTo(new[] { 25.0, 100, 125, 150 }));
        Assert.That(session.Server.Transport.Links, Has.Count.EqualTo(1));
    }

    [Test]
    public void WriteThatNeverEnds_IsADeadLink()
    {
        using var session = new PlayedSession().Connected();
        session.Server.Link.HoldWrites();
        session.Talo.Socket.Send("v1.game.x");
        session.Advance(41);
        Assert.That(session.Server.Transport.Links[0].AbortedAt, Is.Not.Null);
        session.Advance(1);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected));
    }
}
