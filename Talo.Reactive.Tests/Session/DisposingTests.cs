using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Session;

public sealed class DisposingTests
{
    [Test]
    public void Dispose_Twice_IsHarmless_AndDropsTheLink()
    {
        var session = new PlayedSession().Identified();
        session.Talo.Dispose();
        session.Talo.Dispose();
        Assert.That(session.Server.Link.AbortedAt, Is.Not.Null);
        session.Advance(3600);
        Assert.That((session.Tickets, session.Server.Transport.Dials.Count), Is.EqualTo((1, 1)), "nothing goes on");
    }

    [Test]
    public void Dispose_CompletesEveryStream_AlsoForWhoComesLater()
    {
        var session = new PlayedSession().Identified();
        var completed = new List<string>();
        void Listen(string when)
        {
            var socket = session.Talo.Socket;
            socket.Messages.Subscribe(_ => { }, () => completed.Add(when + " messages"));
            socket.Errors.Subscribe(_ => { }, () => completed.Add(when + " errors"));
            socket.Closures.Subscribe(_ => { }, () => completed.Add(when + " closures"));
            socket.States.Subscribe(_ => { }, () => completed.Add(when + " states"));
            socket.Traffic.Subscribe(_ => { }, () => completed.Add(when + " traffic"));
            socket.Faults.Subscribe(_ => { }, () => completed.Add(when + " faults"));
            session.Talo.Channels.In(41).Messages.Subscribe(_ => { }, () => completed.Add(when + " channel"));
        }

        Listen("early");
        session.Talo.Dispose();
        Assert.That(completed, Has.Count.EqualTo(7));
        Listen("late");
        Assert.That(completed, Has.Count.EqualTo(14));
    }

    [Test]
    public void Dispose_FailsWhatIsPending()
    {
        var session = new PlayedSession();
        session.Server.SendsConnected = false;
        session.Server.Http.On("GET", "/v1/players/identify").Never();
        session.Settle();
        Task[] pending =
        [
            session.Talo.Socket.OpenConnectionAsync(),
            session.Talo.Socket.ResetConnectionAsync(),
            session.Talo.Socket.WhenIdentifiedAsync(),
            session.Talo.Socket.SendAsync("v1.game.x"),
            session.Talo.Players.IdentifyAsync("username", "ada"),
            session.Talo.SocketTickets.CreateTicketAsync(),
        ];
        session.Talo.Dispose();
        foreach (var task in pending) Assert.That(PlayedSession.Error(task), Is.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void AfterDispose_CallsThrow()
    {
        var session = new PlayedSession().Identified();
        session.Talo.Dispose();
        Assert.That(() => session.Talo.Socket.OpenConnectionAsync(), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => session.Talo.Socket.Send("v1.game.x"), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => session.Talo.Players.ClearIdentity(), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => session.Talo.Socket.Suspend(), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void DisposeInAHandler_StartsNoOnNextAfterIt_NotEvenOfTheSameValue()
    {
        var session = new PlayedSession().Identified();
        var log = new List<string>();
        session.Talo.Socket.Messages.Subscribe(
            _ =>
            {
                log.Add("first begins");
                session.Talo.Dispose();
                log.Add("first ends");
            },
            () => log.Add("first completed"));
        session.Talo.Socket.Messages.Subscribe(_ => log.Add("second"), () => log.Add("second completed"));
        session.Server.Link.ReceiveMessage("v1.a");
        session.Server.Link.ReceiveMessage("v1.b");
        session.Advance(60);
        Assert.That(log, Is.EqualTo(new[] { "first begins", "first ends", "first completed", "second completed" }));
    }

    [Test]
    public void DisposeInAStateHandler_InTheMiddleOfConnecting_IsSafe()
    {
        foreach (var status in new[] { ConnectionStatus.Connecting, ConnectionStatus.Connected, ConnectionStatus.Identifying, ConnectionStatus.Identified, ConnectionStatus.Waiting })
        {
            var session = new PlayedSession();
            session.Talo.Socket.States.Subscribe(x =>
            {
                if (x.Status == status) session.Talo.Dispose();
            });
            if (status != ConnectionStatus.Connecting) _ = session.Talo.Players.IdentifyAsync("username", "ada");
            session.Settle();
            if (status == ConnectionStatus.Waiting) session.Server.Link.Lose();
            session.Advance(600);
            Assert.That(session.Log[^2..], Is.EqualTo(new[] { "states completed", status.ToString() }).Or.EqualTo(new[] { status.ToString(), "states completed" }), session.Path);
            Assert.That(session.Server.Transport.Links.Where(x => x.IsOpen), Is.Empty, status.ToString());
        }
    }

    [Test]
    public void LinkThatOpensAfterDispose_IsAborted()
    {
        var session = new PlayedSession();
        session.Server.Transport.Opened.Subscribe(_ => session.Talo.Dispose());
        session.Advance(60);
        Assert.That(session.Server.Link.IsOpen, Is.False);
    }

    [Test]
    public void DisposeAsync_SaysGoodbyeWith1000()
    {
        var session = new PlayedSession().Identified();
        session.Server.Link.CloseTime = TimeSpan.FromSeconds(1);
        var dispose = session.Talo.DisposeAsync().AsTask();
        Assert.That(dispose.IsCompleted, Is.False);
        session.Advance(1.1);
        Assert.That(dispose.IsCompletedSuccessfully, Is.True);
        Assert.That(session.Server.Link.ClosedWith!.Code, Is.EqualTo(1000));
        Assert.That(session.Closures.Single().Origin, Is.EqualTo(ClosureOrigin.Game));
        Assert.That(session.Log[^1], Is.EqualTo("states completed"));
    }

    [Test]
    public void DisposeAsync_WaitsTwoSecondsAtMost()
    {
        var session = new PlayedSession(x => x.Timeouts.Close = TimeSpan.FromMinutes(5)).Identified();
        session.Server.Link.IgnoreClose();
        var dispose = session.Talo.DisposeAsync().AsTask();
        session.Advance(1.9);
        Assert.That(dispose.IsCompleted, Is.False);
        session.Advance(0.2);
        Assert.That(dispose.IsCompletedSuccessfully, Is.True);
        Assert.That(session.Server.Link.AbortedAt, Is.Not.Null);
    }

    [Test]
    public void DisposeAsync_InAHandler_AndTwice_Completes()
    {
        var session = new PlayedSession().Identified();
        var disposals = new List<Task>();
        session.Talo.Socket.Messages.Subscribe(_ =>
        {
            disposals.Add(session.Talo.DisposeAsync().AsTask());
            disposals.Add(session.Talo.DisposeAsync().AsTask());
        });
        session.Server.Link.ReceiveMessage("v1.a");
        session.Advance(3);
        disposals.Add(session.Talo.DisposeAsync().AsTask());
        Assert.That(disposals.Select(x => x.IsCompletedSuccessfully), Is.EqualTo(new[] { true, true, true }));
    }
}
