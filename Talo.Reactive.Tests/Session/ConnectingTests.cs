using System;
using System.Linq;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Session;

public sealed class ConnectingTests
{
    [Test]
    public void NewClient_OpensByItself()
    {
        using var session = new PlayedSession().Connected();
        Assert.That(session.Path, Is.EqualTo("Disconnected Connecting Connected"));
    }

    [Test]
    public void AutoConnectOff_OpensWhenTheGameSaysSo()
    {
        using var session = new PlayedSession(x => x.AutoConnect = false);
        session.Advance(60);
        Assert.That(session.Path, Is.EqualTo("Disconnected"));

        var open = session.Talo.Socket.OpenConnectionAsync();
        Assert.That(open.IsCompleted, Is.False);
        session.Settle();
        Assert.That(open.IsCompletedSuccessfully, Is.True);
        Assert.That(session.Path, Is.EqualTo("Disconnected Connecting Connected"));
    }

    [Test]
    public void Identify_MakesThePlayerKnownToTheSocket()
    {
        using var session = new PlayedSession().Identified();
        Assert.That(session.Path, Is.EqualTo("Disconnected Connecting Connected Identifying Identified"));
        Assert.That(session.Talo.CurrentAlias!.Identifier, Is.EqualTo("ada"));
    }

    [Test]
    public void NetworkLoss_ComesBackIdentified_WithOneTicketAndTheSameToken()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Link.Lose();
        session.Settle();
        Assert.That(session.Closures.Single(), Is.EqualTo(new Closure(1006, "", ClosureOrigin.Lost, session.States[^1].RetryIn)));
        session.Advance(2);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
        Assert.That(session.Tickets, Is.EqualTo(2));
        Assert.That(session.Server.Http.CallsTo("POST", "/v1/players/socket-token"), Is.Empty);
        Assert.That(session.States[^1].Gap, Is.Not.Null);
    }

    [Test]
    public void Message_IsDelivered_AndItsEchoConfirmsIt()
    {
        using var session = new PlayedSession().Identified();
        var delivery = session.Talo.Channels.DeliverAsync(41, "ahoy");
        session.Settle();
        Assert.That(PlayedSession.Result(delivery).Outcome, Is.EqualTo(DeliveryOutcome.Delivered));
        Assert.That(session.Texts, Is.EqualTo(new[] { "ahoy" }));
        Assert.That(session.Messages.Count(x => x.Res == "v1.channels.message"), Is.EqualTo(1));
    }
}
