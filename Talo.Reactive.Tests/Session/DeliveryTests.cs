using System;
using System.Linq;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Session;

public sealed class DeliveryTests
{
    [Test]
    public void OneFrameInFlightAndOneError_IsRejectedWithIt()
    {
        using var session = Silent();
        var delivery = session.Talo.Channels.DeliverAsync(41, "ahoy");
        session.Settle();
        Refuse(session, "Player not in channel");
        var result = PlayedSession.Result(delivery);
        Assert.That(result.Outcome, Is.EqualTo(DeliveryOutcome.Rejected));
        Assert.That(result.Error!.Cause, Is.EqualTo("Player not in channel"));
    }

    [Test]
    public void LongTextsOfARefusal_AreCut()
    {
        using var session = Silent();
        var delivery = session.Talo.Channels.DeliverAsync(41, "ahoy");
        session.Settle();
        Refuse(session, new string('x', 1022) + "😀" + new string('x', 100_000));
        var cause = PlayedSession.Result(delivery).Error!.Cause;
        Assert.That(cause, Is.EqualTo(new string('x', 1022) + "…"));
        Assert.That(session.Errors.Single().Cause, Has.Length.EqualTo(101_024), "whole on the stream, which keeps nothing");
    }

    [Test]
    public void TwoFramesAndOneError_IsNotPinnedOnEither_UntilAnEchoTells()
    {
        using var session = Silent();
        var first = session.Talo.Channels.DeliverAsync(41, "first");
        var second = session.Talo.Channels.DeliverAsync(41, "second");
        session.Settle();
        Refuse(session);
        Assert.That(first.IsCompleted || second.IsCompleted, Is.False);
        Echo(session, "second");
        Assert.That(PlayedSession.Result(second).Outcome, Is.EqualTo(DeliveryOutcome.Delivered));
        Assert.That(PlayedSession.Result(first).Outcome, Is.EqualTo(DeliveryOutcome.Rejected));
    }

    [Test]
    public void SendMessageIsTrackedToo_ItsErrorIsNotPinnedOnADelivery()
    {
        using var session = Silent();
        session.Talo.Channels.SendMessageAsync(41, "plain");
        var followed = session.Talo.Channels.DeliverAsync(41, "followed");
        session.Settle();
        Refuse(session);
        Assert.That(followed.IsCompleted, Is.False);
        Echo(session, "followed");
        Assert.That(PlayedSession.Result(followed).Outcome, Is.EqualTo(DeliveryOutcome.Delivered));
    }

    [Test]
    public void RawSendOfAChannelMessageIsTrackedToo()
    {
        using var session = Silent();
        session.Talo.Socket.Send("v1.channels.message", new { channel = new { id = 41 }, message = "raw" });
        var followed = session.Talo.Channels.DeliverAsync(41, "followed");
        session.Settle();
        Refuse(session);
        Assert.That(followed.IsCompleted, Is.False);
        Echo(session, "raw");
        Assert.That(PlayedSession.Result(followed).Outcome, Is.EqualTo(DeliveryOutcome.Rejected));
    }

    [Test]
    public void NoEchoWithinTheTime_IsUnknown()
    {
        using var session = Silent();
        var delivery = session.Talo.Channels.DeliverAsync(41, "ahoy");
        session.Advance(9.9);
        Assert.That(delivery.IsCompleted, Is.False);
        session.Advance(0.2);
        Assert.That(PlayedSession.Result(delivery), Is.EqualTo(new Delivery(DeliveryOutcome.Unknown, null)));
        Assert.That(session.Server.Link.Sent.Count(x => x.Req == "v1.channels.message"), Is.EqualTo(1));
    }

    [Test]
    public void LinkLostBeforeTheEcho_IsUnknown_AndNotResent()
    {
        using var session = Silent();
        var delivery = session.Talo.Channels.DeliverAsync(41, "ahoy");
        session.Settle();
        session.Server.Link.Lose();
        session.Settle();
        Assert.That(PlayedSession.Result(delivery).Outcome, Is.EqualTo(DeliveryOutcome.Unknown));
        session.Advance(30);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True);
        Assert.That(session.Server.Link.Sent.Count(x => x.Req == "v1.channels.message"), Is.Zero);
    }

    [Test]
    public void LinkLostUnderTheWrite_IsUnknown()
    {
        using var session = Silent();
        session.Server.Link.FailNextWrite();
        var delivery = session.Talo.Channels.DeliverAsync(41, "ahoy");
        session.Settle();
        Assert.That(PlayedSession.Result(delivery).Outcome, Is.EqualTo(DeliveryOutcome.Unknown));
    }

    [Test]
    public void ErrorAfterItsFrameTimedOut_IsNotPinnedOnTheNext()
    {
        using var session = Silent();
        var late = session.Talo.Channels.DeliverAsync(41, "late");
        session.Advance(11);
        var next = session.Talo.Channels.DeliverAsync(41, "next");
        session.Settle();
        Refuse(session);
        Assert.That(PlayedSession.Result(late).Outcome, Is.EqualTo(DeliveryOutcome.Unknown));
        Assert.That(next.IsCompleted, Is.False);
        Echo(session, "next");
        Assert.That(PlayedSession.Result(next).Outcome, Is.EqualTo(DeliveryOutcome.Delivered));
    }

    [Test]
    public void ErrorOfAnotherRequest_LeavesTheDeliveryAlone()
    {
        using var session = Silent();
        var delivery = session.Talo.Channels.DeliverAsync(41, "ahoy");
        session.Settle();
        session.Server.Session.SendError("v1.custom", "INVALID_MESSAGE", "Invalid message request");
        session.Settle();
        Assert.That(delivery.IsCompleted, Is.False);
        Assert.That(session.Errors, Has.Count.EqualTo(1));
    }

    [Test]
    public void SameTextOfSomebodyElseOrElsewhere_DoesNotConfirm()
    {
        using var session = Silent();
        var delivery = session.Talo.Channels.DeliverAsync(41, "ahoy");
        session.Settle();
        session.Server.Say(session.Server.Player("grace"), 41, "ahoy");
        session.Server.Say(session.Server.Player("ada"), 42, "ahoy");
        session.Settle();
        Assert.That(delivery.IsCompleted, Is.False);
        Echo(session, "ahoy");
        Assert.That(PlayedSession.Result(delivery).Outcome, Is.EqualTo(DeliveryOutcome.Delivered));
    }

    [Test]
    public void RefusedBeforeItLeft_TheTaskFails_RatherThanSayUnknown()
    {
        using var session = Silent();
        session.Server.Link.Lose();
        var delivery = session.Talo.Channels.DeliverAsync(41, "ahoy");
        session.Talo.Players.ClearIdentity();
        session.Settle();
        Assert.That(PlayedSession.Error(delivery), Is.InstanceOf<TaloSendException>());
    }

    private static PlayedSession Silent()
    {
        var session = new PlayedSession().Identified();
        session.Server.Ignore("v1.channels.message");
        return session;
    }

    private static void Refuse(PlayedSession session, string cause = "Channel not found")
    {
        session.Server.Session.SendError("v1.channels.message", "LISTENER_ERROR", "An error occurred while processing the message", cause);
        session.Settle();
    }

    private static void Echo(PlayedSession session, string text)
    {
        session.Server.Say(session.Server.Player("ada"), 41, text);
        session.Settle();
    }
}
