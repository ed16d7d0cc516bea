using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Session;

public sealed class WholeSessionTests
{
    [Test]
    public void FromTheYearOne_AWholeSession()
    {
        // Where the TestScheduler begins: an hour before now is no date, and Unix time is negative.
        using var session = new PlayedSession(x => x.Outbox.Capacity = 10_000, new TestScheduler());
        Assert.That(session.Start.Year, Is.EqualTo(1));
        session.Server.Http.On("POST", "/v1/socket-tickets").ReplyOnce(429, new { message = "Too many requests" }, ("retry-after", "60"));
        session.Settle();
        Assert.That(session.Talo.Socket.State.Cause!.Kind, Is.EqualTo(ConnectionCauseKind.RateLimited));
        session.Advance(91);
        session.Identified();

        for (var i = 0; i < 4000; i++) session.Talo.Channels.SendMessageAsync(41, $"m{i}");
        session.Advance(1);
        Assert.That(session.Texts.Count(), Is.EqualTo(3420));
        session.Advance(70);
        Assert.That(session.Texts, Is.EqualTo(Enumerable.Range(0, 4000).Select(x => $"m{x}")));
        Assert.That(session.Server.Link.Sent.Count(x => x.IsHeartbeat), Is.GreaterThan(1));

        session.Server.Session.SendError("unknown", "RATE_LIMIT_EXCEEDED", "Rate limit exceeded");
        session.Settle();
        session.Server.Link.CloseByPeer(1008, "RATE_LIMIT_EXCEEDED");
        session.Advance(2);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);

        session.Server.AnswersHeartbeats = false;
        session.Advance(41);
        session.Server.AnswersHeartbeats = true;
        session.Advance(5);
        Assert.That(session.Closures.Select(x => x.Origin), Is.EqualTo(new[] { ClosureOrigin.Server, ClosureOrigin.DeadLink }));
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
        session.Advance(2 * 3600);
        session.Server.Link.Lose();
        session.Advance(2);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
        Assert.That(session.States.Where(x => x.Gap is not null).All(x => x.Gap!.From > session.Start && x.Gap.From <= x.Gap.To), Is.True);
        Assert.That(session.Faults, Is.Empty);
    }

    [TestCase(0)]
    [TestCase(20)]
    public void ThirtyClientsBehindOneAddress_ThatLoseTheirServer_AreAllBackWithinFiveMinutes(int secondsAway)
    {
        var scheduler = new TestScheduler().StartAt(DateTimeOffset.UnixEpoch);
        var random = new Random(20261);
        var limiter = new AuthLimiter(scheduler);
        var sessions = new List<PlayedSession>();
        for (var i = 0; i < 30; i++)
        {
            var session = new PlayedSession(x => x.Random = random.NextDouble, scheduler);
            session.Identified($"player{i}");
            sessions.Add(session);
        }

        scheduler.AdvanceBy(TimeSpan.FromMinutes(5));
        foreach (var session in sessions)
        {
            var server = session.Server;
            limiter.Guard(server.Http);
            if (secondsAway > 0) server.Transport.Otherwise = DialOutcome.Fails();
            server.Link.Lose();
        }

        scheduler.AdvanceBy(TimeSpan.FromSeconds(secondsAway));
        foreach (var session in sessions) session.Server.Transport.Otherwise = DialOutcome.Opens();
        scheduler.AdvanceBy(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(secondsAway));
        Assert.That(limiter.Refused, Is.Positive, "the limit was felt");
        Assert.That(sessions.Count(x => x.Talo.Socket.IsIdentified), Is.EqualTo(30));
        foreach (var session in sessions) session.Dispose();
    }

    [Test, ProcessWide]
    public void TenThousandReconnects_GrowNothing()
    {
        using var session = new PlayedSession(x => x.Reconnect.MaxDelay = TimeSpan.FromSeconds(1)).Identified();
        long after1000 = 0;
        for (var i = 1; i <= 10_000; i++)
        {
            session.Server.Link.Lose();
            // Ten tickets a minute are what the client allows itself.
            session.Advance(7);
            if (i % 100 != 0) continue;
            Assert.That(session.Talo.Socket.IsIdentified, Is.True);
            Forget(session);
            if (i == 1000) after1000 = GC.GetTotalMemory(forceFullCollection: true);
        }

        Forget(session);
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - after1000, Is.LessThan(300_000), "33 bytes a reconnect");
        Assert.That(session.Talo.Socket.State.Epoch, Is.EqualTo(10_001));
    }

    private static void Forget(PlayedSession session)
    {
        session.Server.Forget();
        session.States.Clear();
        session.Log.Clear();
        session.Messages.Clear();
        session.Closures.Clear();
        session.Errors.Clear();
        session.Faults.Clear();
    }

    /// <summary>20 calls a minute for all behind one address; who goes over it is blocked for 60 s.</summary>
    private sealed class AuthLimiter(TestScheduler scheduler)
    {
        private readonly Queue<DateTimeOffset> calls = new();
        private DateTimeOffset blockedUntil;

        internal int Refused { get; private set; }

        internal void Guard(ScriptedHttp http)
        {
            var made = 0;
            http.On("POST", "/v1/socket-tickets").Reply(_ =>
            {
                if (Allows()) return ScriptedReply.Json(200, new { ticket = $"00000000-0001-4000-9000-{++made:x12}" });
                Refused++;
                return ScriptedReply.Json(429, new { message = "Too many requests" }, ("retry-after", "60"));
            });
        }

        private bool Allows()
        {
            var now = scheduler.Now;
            if (now < blockedUntil) return false;
            while (calls.Count > 0 && now - calls.Peek() >= TimeSpan.FromMinutes(1)) calls.Dequeue();
            if (calls.Count < 20)
            {
                calls.Enqueue(now);
                return true;
            }

            blockedUntil = now + TimeSpan.FromSeconds(60);
            return false;
        }
    }
}
