using System;
using System.Linq;
using NUnit.Framework;
using Talo.Reactive.Http;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Session;

/// <summary>Answers to the ticket call that are not a ticket, and dials that break the rules.</summary>
public sealed class TicketTroubleTests
{
    [TestCase(500, "")]
    [TestCase(503, "<html>down</html>")]
    [TestCase(403, """{"message":"Missing access key scope"}""")]
    [TestCase(200, "")]
    [TestCase(200, "{}")]
    [TestCase(200, """{"ticket":{}}""")]
    [TestCase(200, """{"ticket":null}""")]
    [TestCase(200, """{"tick""")]
    [TestCase(204, "")]
    public void NoTicket_BacksOff_AndTriesAgain(int status, string body)
    {
        using var session = new PlayedSession();
        session.Server.Http.On("POST", "/v1/socket-tickets").ReplyOnce(status, body);
        session.Settle();
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Waiting));
        Assert.That(session.Talo.Socket.State.Cause!.Kind, Is.EqualTo(ConnectionCauseKind.NoTicket));
        Assert.That(session.Talo.Socket.State.Cause!.Text, Is.Not.Empty);
        session.Advance(1.1);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected), session.Path);
    }

    [Test]
    public void UnreachableServer_IsWaitedFor()
    {
        using var session = new PlayedSession();
        session.Server.Http.On("POST", "/v1/socket-tickets").FailOnce();
        session.Settle();
        Assert.That(session.Talo.Socket.State.Cause!.Kind, Is.EqualTo(ConnectionCauseKind.NoTicket));
        session.Advance(1.1);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected));
    }

    [Test]
    public void TransportThatThrows_OrAnswersNothing_IsAFailedDial()
    {
        foreach (var dial in new Func<IObservable<ILink>>[]
        {
            () => throw new InvalidOperationException("no sockets here"),
            System.Reactive.Linq.Observable.Empty<ILink>,
            () => System.Reactive.Linq.Observable.Throw<ILink>(new InvalidOperationException("no sockets here")),
        })
        {
            using var session = new PlayedSession(x => x.Transport = new Rude(dial));
            session.Advance(5);
            Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Waiting), session.Path);
            Assert.That(session.States.Last(x => x.Status == ConnectionStatus.Waiting).Cause!.Kind, Is.EqualTo(ConnectionCauseKind.DialFailed));
            Assert.That(session.States.Count(x => x.Status == ConnectionStatus.Connecting), Is.EqualTo(3));
        }
    }

    [Test]
    public void HttpTransportThatThrows_IsATicketThatCouldNotBeHad()
    {
        using var session = new PlayedSession(x => x.HttpTransport = new RudeHttp());
        session.Advance(5);
        Assert.That(session.Talo.Socket.State.Cause!.Kind, Is.EqualTo(ConnectionCauseKind.NoTicket), session.Path);
    }

    private sealed class Rude(Func<IObservable<ILink>> dial) : ITransport
    {
        public IObservable<ILink> Dial(Uri address, int maxFrameBytes) => dial();
    }

    private sealed class RudeHttp : IHttpTransport
    {
        public IObservable<HttpReply> Send(HttpCall call) => throw new InvalidOperationException("no HTTP here");
    }
}
