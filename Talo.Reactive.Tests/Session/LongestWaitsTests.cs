using System;
using System.Linq;
using System.Reactive.Linq;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Session;

/// <summary>
/// Every wait at the longest that an option or the server may ask for: it neither overflows nor comes due early, wherever the
/// clock begins. Microsoft's scheduler adds a wait to its clock unchecked.
/// </summary>
[TestFixture(1)]
[TestFixture(2026)]
public sealed class LongestWaitsTests(int year)
{
    private const string Tickets = "/v1/socket-tickets";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [TestCase("no ticket")]
    [TestCase("no dial")]
    [TestCase("no v1.connected")]
    public void StepsThatDoNotEnd_AreGivenUpAfterAnHour_AndTriedAgainAfterAnother(string missing)
    {
        using var session = Played();
        if (missing == "no ticket") session.Server.Http.On("POST", Tickets).NeverOnce();
        if (missing == "no dial") session.Server.Transport.Script(DialOutcome.NeverAnswers);
        session.Server.SendsConnected = missing != "no v1.connected";
        using var states = States(session, Minute);
        session.Advance(90 * 60);
        session.Server.SendsConnected = true;
        session.Advance(90 * 60);
        Assert.That(states.ToMarbles(), Is.EqualTo("(dc)[59]w[59](cC)"));
    }

    [Test]
    public void IdentifyThatIsNotAnswered_FailsAfterAnHour_AndIsTriedAgainAfterAnother()
    {
        using var session = Played();
        session.Server.Ignore("v1.players.identify");
        using var states = States(session, Minute);
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Advance(130 * 60);
        Assert.That(states.ToMarbles(), Is.EqualTo("(dcCi)[59]C[59]i"));
    }

    [Test]
    public void FailedDials_WaitUpToADay()
    {
        using var session = Played();
        session.Server.Transport.Otherwise = DialOutcome.Fails();
        using var states = States(session, Hour);
        session.Advance(57 * 3600);
        Assert.That(states.ToMarbles(), Is.EqualTo("(dcw)(cw)-(cw)---(cw)-------(cw)[15](cw)[23](cw)"));
    }

    [Test]
    public void PolicyForEver_IsADay()
    {
        using var session = Played(x => x.Reconnect.Policy = _ => TimeSpan.MaxValue);
        session.Server.Transport.Script(DialOutcome.Fails());
        using var states = States(session, Hour);
        session.Advance(25 * 3600);
        Assert.That(states.ToMarbles(), Is.EqualTo("(dcw)[23](cC)"));
        Assert.That(session.Faults, Is.Empty);
    }

    [Test]
    public void RetryAfter_HasItsJitterAboveIt()
    {
        using var session = Played();
        session.Server.Http.On("POST", Tickets).ReplyOnce(429, "{}", ("retry-after", "60"));
        using var states = States(session, Minute);
        session.Advance(90 * 60);
        Assert.That(states.ToMarbles(), Is.EqualTo("(dcw)[60](cC)"));
    }

    [Test]
    public void Connection_IsStableAfterADay()
    {
        using var session = Played();
        session.Server.Transport.Script(DialOutcome.Fails());
        using var attempts = session.Scheduler.Record(
            session.Talo.Socket.States.Select(x => x.Attempt).DistinctUntilChanged(), x => (char)('0' + x), Hour);
        session.Advance(26 * 3600);
        Assert.That(attempts.ToMarbles(), Is.EqualTo("(01)[24]0"));
    }

    [Test]
    public void SilentServer_IsDeadAfterItsTwentyMinutes()
    {
        using var session = Played();
        session.Server.AnswersHeartbeats = false;
        using var states = States(session, Minute);
        session.Advance(30 * 60);
        Assert.That(states.ToMarbles(), Is.EqualTo("(dcC)[19]w"));
    }

    [Test]
    public void RateLimitExceeded_IsAnHourOfSilence()
    {
        using var session = Played().Connected();
        session.Server.Session.SendError("unknown", "RATE_LIMIT_EXCEEDED", "Rate limit exceeded");
        session.Settle();
        session.Talo.Socket.Send("v1.custom");
        using var sent = session.Scheduler.Record(session.Server.Link.Written, x => x.IsHeartbeat ? 'h' : 's', Minute);
        session.Advance(61 * 60);
        Assert.That(sent.ToMarbles(), Is.EqualTo("[60]s"));
    }

    [Test]
    public void ClosedForTheRate_IsADayOfHalfTheRate_InWindowsOfTenMinutes()
    {
        using var session = Played(x => x.Pacing.UnidentifiedLimit = 20).Connected();
        session.Server.Ignore("v1.custom");
        session.Server.Link.CloseByPeer(1008, "RATE_LIMIT_EXCEEDED");
        session.Advance(3601);
        for (var i = 0; i < 4000; i++) session.Talo.Socket.Send("v1.custom");

        // 19 frames are the game's. The day began at the close, an hour ago: 138 windows of half of them, then of all.
        session.Advance(23 * 3600 - 60);
        Assert.That(Sent(), Is.EqualTo(138 * 9));
        session.Advance(3600);
        Assert.That(Sent(), Is.EqualTo((138 * 9) + (6 * 19)).Within(19));

        int Sent() => session.Server.Link.Sent.Count(x => x.Req == "v1.custom");
    }

    [Test]
    public void CloseThatIsNotAnswered_EndsAfterAnHour()
    {
        using var session = Played().Connected();
        session.Server.Link.IgnoreClose();
        var close = session.Talo.Socket.CloseConnectionAsync();
        session.Advance(3599);
        Assert.That((close.IsCompleted, session.Server.Link.AbortedAt), Is.EqualTo((false, default(DateTimeOffset?))));
        session.Advance(2);
        Assert.That(close.IsCompletedSuccessfully, Is.True);
        Assert.That(session.Server.Link.AbortedAt, Is.Not.Null);
    }

    [Test]
    public void DeliveryWithoutAnEcho_IsUnknownAfterAnHour()
    {
        using var session = Played().Identified();
        session.Server.Ignore("v1.channels.message");
        var delivery = session.Talo.Channels.DeliverAsync(41, "ahoy");
        session.Advance(3599);
        Assert.That(delivery.IsCompleted, Is.False);
        session.Advance(2);
        Assert.That(PlayedSession.Result(delivery).Outcome, Is.EqualTo(DeliveryOutcome.Unknown));
    }

    [Test]
    public void FrameThatWaits_ExpiresAfterAnHour()
    {
        using var session = Played().Identified();
        session.Server.Transport.Otherwise = DialOutcome.NeverAnswers;
        session.Server.Link.Lose();
        var sent = session.Talo.Channels.SendMessageAsync(41, "stale", new SendOptions { ExpiresAfter = Hour });
        session.Advance(3599);
        Assert.That(sent.IsCompleted, Is.False);
        session.Advance(2);
        Assert.That(PlayedSession.Error(sent), Is.InstanceOf<TaloSendException>());
    }

    [Test]
    public void Props_AreSavedAfterAnHour()
    {
        using var session = Played().Identified();
        session.Server.Http.On("PATCH", "/v1/players/*").Never();
        session.Talo.Players.SetProp("level", "7");
        session.Advance(3599);
        Assert.That(session.Server.Http.CallsTo("PATCH", "/v1/players/*"), Is.Empty);
        session.Advance(2);
        Assert.That(session.Server.Http.CallsTo("PATCH", "/v1/players/*"), Has.Count.EqualTo(1));
    }

    [Test]
    public void ChannelWithoutAnObserver_IsLeftAfterAnHour()
    {
        using var session = Played().Identified();
        session.Server.Http.On("POST", "/v1/game-channels/41/join").Reply(200, new { channel = new { id = 41 } });
        session.Server.Http.On("POST", "/v1/game-channels/41/leave").Reply(204);
        var joined = session.Talo.Channels.In(41).Joined().Subscribe();
        session.Settle();
        joined.Dispose();
        session.Advance(3599);
        Assert.That(session.Server.Http.CallsTo("POST", "/v1/game-channels/41/leave"), Is.Empty);
        session.Advance(2);
        Assert.That(session.Server.Http.CallsTo("POST", "/v1/game-channels/41/leave"), Has.Count.EqualTo(1));
    }

    private static MarbleRecording<ConnectionStatus> States(PlayedSession session, TimeSpan frame) => session.Scheduler.Record(
        session.Talo.Socket.States.Select(x => x.Status), x => "dcCiIw"[(int)x], frame);

    /// <summary>A session whose options are at their largest.</summary>
    private PlayedSession Played(Action<TaloClientOptions>? configure = null) => new(
        x =>
        {
            var timeouts = x.Timeouts;
            timeouts.Http = timeouts.Dial = timeouts.Connected = timeouts.Identify = timeouts.Close = timeouts.Delivery = Hour;
            x.Reconnect.InitialDelay = x.Reconnect.RateLimitJitter = Hour;
            x.Reconnect.MaxDelay = x.Reconnect.StableAfter = TimeSpan.FromHours(24);
            x.Reconnect.MaxAttempts = int.MaxValue;
            x.Heartbeat.Interval = x.Heartbeat.Timeout = TimeSpan.FromMinutes(10);
            x.Pacing.Window = TimeSpan.FromMinutes(10);
            x.Pacing.HalfRateFor = TimeSpan.FromHours(24);
            x.Pacing.SilenceFor = Hour;
            x.PropsDebounce = x.ChannelMembership.LeaveGrace = Hour;
            x.Outbox.Capacity = 1_000_000;
            configure?.Invoke(x);
        },
        new TestScheduler().StartAt(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero)));
}
