using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive.Concurrency;
using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Session;

/// <summary>What the server's ways to end a link lead to.</summary>
public sealed class ServerClosesTests
{
    [TestCase(1000)]
    [TestCase(1001)]
    [TestCase(1006)]
    [TestCase(1011)]
    public void EndOfALink_IsFollowedByABackoff(int code)
    {
        using var session = new PlayedSession().Identified();
        if (code == 1006) session.Server.Link.Lose();
        else session.Server.Link.CloseByPeer(code, "bye");
        session.Settle();
        Assert.That(session.States[^1].Status, Is.EqualTo(ConnectionStatus.Waiting));
        Assert.That(session.States[^1].Cause!.CloseCode, Is.EqualTo(code));
        Assert.That(session.States[^1].Attempt, Is.EqualTo(1));
        session.Advance(1);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True);
    }

    [Test]
    public void RefusedTicket_IsTriedOnceAtOnceWithAFreshOne_ThenBacksOff()
    {
        using var session = new PlayedSession();
        session.Server.SendsConnected = false;
        session.Server.Transport.Otherwise = DialOutcome.Opens(play: link => session.Scheduler.Schedule(TimeSpan.FromMilliseconds(1), () => link.CloseByPeer(3000)));
        session.Advance(10);
        var waits = session.States.Where(x => x.Status == ConnectionStatus.Waiting).Select(x => Math.Round(x.RetryIn!.Value.TotalSeconds, 2)).ToArray();
        Assert.That(waits, Is.EqualTo(new[] { 0.0, 2, 4, 8 }));
        Assert.That(session.Server.Transport.Dials.Select(x => x.Address.Query), Is.Unique);
    }

    [Test]
    public void RefusedTicket_OfLinksThatAreGreetedFirst_IsNoHotLoop()
    {
        using var session = new PlayedSession();
        session.Server.Transport.Otherwise = DialOutcome.Opens(play: link => session.Scheduler.Schedule(TimeSpan.FromMilliseconds(100), () => link.CloseByPeer(3000)));
        session.Advance(60);
        Assert.That(session.Path, Does.Contain("Connected"));
        Assert.That(session.Server.Transport.Dials, Has.Count.InRange(4, 8));
    }

    [Test]
    public void RefusedTicket_AfterAStableWhile_IsTriedAtOnceAgain()
    {
        using var session = new PlayedSession().Connected();
        for (var i = 0; i < 3; i++)
        {
            session.Advance(31);
            session.Server.Link.CloseByPeer(3000);
            session.Settle();
            Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected), session.Path);
        }
    }

    [Test]
    public void RevokedKey_ClosesAndThenRefusesTheTicket_Fails()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Http.On("POST", "/v1/socket-tickets").Reply(401, new { message = "Unauthorized" });
        session.Server.Link.CloseByPeer(3000);
        session.Advance(600);
        Assert.That(session.Path, Does.EndWith("Identified Waiting Connecting Failed"));
        Assert.That(session.Tickets, Is.EqualTo(2));
        var send = session.Talo.Socket.SendAsync("v1.game.x");
        session.Settle();
        Assert.That(PlayedSession.Error(send), Is.InstanceOf<TaloSendException>().With.Message.Contains("OpenConnectionAsync"));
    }

    [Test]
    public void Close3000_WithAReason_BacksOff()
    {
        using var session = new PlayedSession().Connected();
        session.Server.Link.CloseByPeer(3000, "MAINTENANCE");
        session.Settle();
        Assert.That(session.Talo.Socket.State.RetryIn!.Value.TotalSeconds, Is.EqualTo(1).Within(0.01));
    }

    [Test]
    public void Close1008_Reconnects_WithHalfTheSendRateForFiveMinutes()
    {
        using var session = new PlayedSession(x => x.Outbox.Capacity = 100_000).Identified();
        session.Server.Link.CloseByPeer(1008, "RATE_LIMIT_EXCEEDED");
        session.Advance(2);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True);
        Assert.That(session.States.Single(x => x.Status == ConnectionStatus.Waiting).Cause!.Kind, Is.EqualTo(ConnectionCauseKind.RateLimited));
        session.Server.Ignore("v1.game.x");
        var begin = session.Scheduler.Now;
        for (var i = 0; i < 40_000; i++) session.Talo.Socket.Send("v1.game.x");
        session.Advance(290);
        var times = Times(session, begin);
        Assert.That(times.Count(x => x < 65), Is.EqualTo(3600 * 0.95 / 2).Within(1));
        session.Advance(140);
        times = Times(session, begin);
        Assert.That(times.Count(x => x is >= 300 and < 430), Is.GreaterThan(3600 * 0.95), "the whole rate after five minutes");
    }

    [Test]
    public void Ticket429_WaitsTheMinuteAndJitter()
    {
        using var session = new PlayedSession();
        session.Server.Http.On("POST", "/v1/socket-tickets").ReplyOnce(429, new { message = "Too many requests" }, ("retry-after", "60"));
        var open = session.Talo.Socket.OpenConnectionAsync();
        session.Settle();
        Assert.That(session.States[^1].Cause!.Kind, Is.EqualTo(ConnectionCauseKind.RateLimited));
        Assert.That(session.States[^1].RetryIn!.Value.TotalSeconds, Is.EqualTo(90).Within(0.01));
        session.Advance(89);
        Assert.That((session.Tickets, open.IsCompleted), Is.EqualTo((1, false)));
        session.Advance(2);
        Assert.That((session.Tickets, open.IsCompletedSuccessfully), Is.EqualTo((2, true)));
    }

    [Test]
    public void Ticket429_WithoutRetryAfter_WaitsAMinute()
    {
        using var session = new PlayedSession(x => x.Random = () => 0);
        session.Server.Http.On("POST", "/v1/socket-tickets").ReplyOnce(429, new { message = "Too many requests" });
        session.Settle();
        Assert.That(session.States[^1].RetryIn, Is.EqualTo(TimeSpan.FromSeconds(60)));
    }

    private static List<double> Times(PlayedSession session, DateTimeOffset begin) =>
        [.. session.Server.Link.Sent.Where(x => x.Req == "v1.game.x").Select(x => (x.At - begin).TotalSeconds)];
}
