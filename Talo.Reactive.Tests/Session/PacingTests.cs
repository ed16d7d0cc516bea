using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Session;

public sealed class PacingTests
{
    private const string Req = "v1.custom";
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(65);

    [Test]
    public void Unidentified_ABurstOf285Goes_TheRestWaitsForTheWindow()
    {
        using var session = Flooding(400);
        session.Connected().Advance(1);
        Assert.That(Game(session), Has.Count.EqualTo(285));
        session.Advance(63);
        Assert.That(Game(session), Has.Count.EqualTo(285));
        session.Advance(3);
        Assert.That(Game(session), Has.Count.EqualTo(400));
    }

    [Test]
    public void Identified_ABurstOf3420Goes_AndNever65SecondsHoldMore()
    {
        using var session = new PlayedSession(x => x.Outbox.Capacity = 10_000).Identified();
        session.Server.Ignore(Req);
        for (var i = 0; i < 5_000; i++) session.Talo.Socket.Send(Req, new { i });
        session.Advance(1);
        Assert.That(Game(session), Has.Count.EqualTo(3_420));
        session.Advance(140);
        var sent = Game(session);
        Assert.That(sent, Has.Count.EqualTo(5_000));
        Assert.That(MostInAWindow(sent), Is.EqualTo(3_420));
        Assert.That(sent.Select(x => (int)x.Data["i"]!), Is.Ordered);
    }

    [Test]
    public void WhileTheGameHasToWait_HeartbeatsGo()
    {
        using var session = Flooding(400);
        session.Connected().Advance(60);
        Assert.That(Game(session), Has.Count.EqualTo(285));
        Assert.That(session.Server.Link.Sent.Count(x => x.IsHeartbeat), Is.EqualTo(2));
        Assert.That(session.Path, Is.EqualTo("Disconnected Connecting Connected"));
    }

    [Test]
    public void ClosedFor1008_NewLinkGetsHalfTheRateFor5Minutes_ThenAllOfIt()
    {
        using var session = Flooding(0);
        session.Connected();
        session.Server.Link.CloseByPeer(1008, "RATE_LIMIT_EXCEEDED");
        session.Advance(2);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected));
        for (var i = 0; i < 1_400; i++) session.Talo.Socket.Send(Req);
        session.Advance(1);
        Assert.That(Game(session), Has.Count.EqualTo(142));
        session.Advance(250);
        Assert.That(MostInAWindow(Game(session)), Is.EqualTo(142));
        session.Advance(200);
        Assert.That(MostInAWindow(Game(session)), Is.EqualTo(285));
    }

    [Test]
    public void RateLimitExceeded_SilenceForTheBlock_HeartbeatsIncluded_ThenItGoesOn()
    {
        using var session = Flooding(0);
        session.Connected();
        session.Server.Session.SendError("unknown", "RATE_LIMIT_EXCEEDED", "Rate limit exceeded");
        session.Settle();
        session.Talo.Socket.Send(Req);
        session.Advance(60.5);
        Assert.That(session.Server.Link.Sent, Is.Empty);
        session.Advance(1);
        Assert.That(Game(session), Has.Count.EqualTo(1));
        session.Advance(60);
        Assert.That(session.Server.Link.Sent.Count(x => x.IsHeartbeat), Is.GreaterThan(0));
        Assert.That(session.Path, Is.EqualTo("Disconnected Connecting Connected"));
    }

    [Test]
    public void RateLimitExceededWhileFramesWait_TheyFollowTheSilence_InOrder()
    {
        using var session = Flooding(300);
        session.Connected().Advance(1);
        session.Server.Session.SendError("unknown", "RATE_LIMIT_EXCEEDED", "Rate limit exceeded");
        session.Advance(61.5);
        Assert.That(Game(session), Has.Count.EqualTo(285));
        session.Advance(5);
        Assert.That(Game(session), Has.Count.EqualTo(300));
        Assert.That(Game(session).Select(x => (int)x.Data["i"]!), Is.Ordered);
    }

    [Test]
    public void RateLimitExceededForTheIdentifyRequest_ItGoesAgainBehindTheSilence()
    {
        using var session = new PlayedSession().Connected();
        var refusals = 0;
        session.Server.On("v1.players.identify", (on, frame) =>
        {
            if (refusals++ == 0) on.SendError("unknown", "RATE_LIMIT_EXCEEDED", "Rate limit exceeded");
            else on.Send("v1.players.identify.success", session.Server.Player("ada").ToJson());
        });
        session.Talo.Players.IdentifyAsync("username", "ada");
        session.Advance(60);
        Assert.That(refusals, Is.EqualTo(1));
        session.Advance(2);
        Assert.That(refusals, Is.EqualTo(2));
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
        Assert.That(session.Server.Transport.Links, Has.Count.EqualTo(1));
    }

    private static PlayedSession Flooding(int frames)
    {
        var session = new PlayedSession(x => x.Outbox.Capacity = 10_000);
        session.Server.Ignore(Req);
        for (var i = 0; i < frames; i++) session.Talo.Socket.Send(Req, new { i });
        return session;
    }

    private static List<SentFrame> Game(PlayedSession session) =>
        session.Server.Transport.Links.SelectMany(x => x.Sent).Where(x => x.Req == Req).ToList();

    private static int MostInAWindow(List<SentFrame> sent)
    {
        var most = 0;
        for (int first = 0, last = 0; last < sent.Count; last++)
        {
            while (sent[last].At - sent[first].At >= Window) first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
