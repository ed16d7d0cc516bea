using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Session;

/// <summary>When the tasks of the connection complete, and what may be done then.</summary>
public sealed class ConnectionTaskTests
{
    private static Task Then(Task task, Action next) => task.ContinueWith(_ => next(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    [Test]
    public void Open_CompletesAtConnected_ThroughRetries()
    {
        using var session = new PlayedSession(x => x.AutoConnect = false);
        session.Server.Transport.Script(DialOutcome.Fails(), DialOutcome.Fails());
        var open = session.Talo.Socket.OpenConnectionAsync();
        session.Advance(2.9);
        Assert.That(open.IsCompleted, Is.False);
        session.Advance(0.2);
        Assert.That(open.IsCompletedSuccessfully, Is.True);
        var again = session.Talo.Socket.OpenConnectionAsync();
        session.Settle();
        Assert.That((again.IsCompletedSuccessfully, session.Server.Transport.Dials.Count), Is.EqualTo((true, 3)));
    }

    [Test]
    public void CancellingOpen_GivesUpTheWait_NotTheConnection()
    {
        using var session = new PlayedSession(x => x.AutoConnect = false);
        using var cancellation = new CancellationTokenSource();
        var open = session.Talo.Socket.OpenConnectionAsync(cancellation.Token);
        cancellation.Cancel();
        Assert.That(open.IsCanceled, Is.True);
        session.Settle();
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected));
    }

    [Test]
    public void CancellingClose_GivesUpTheWait_NotTheClosing()
    {
        using var session = new PlayedSession().Identified();
        using var cancellation = new CancellationTokenSource();
        session.Server.Link.CloseTime = TimeSpan.FromSeconds(1);
        var close = session.Talo.Socket.CloseConnectionAsync(cancellationToken: cancellation.Token);
        cancellation.Cancel();
        session.Advance(2);
        Assert.That((close.IsCanceled, session.Talo.Socket.State.Status), Is.EqualTo((true, ConnectionStatus.Closed)));
        Assert.That(session.Server.Link.ClosedWith!.Code, Is.EqualTo(1000));
    }

    [Test]
    public void CloseFaultsOpen()
    {
        using var session = new PlayedSession(x => x.AutoConnect = false);
        var open = session.Talo.Socket.OpenConnectionAsync();
        _ = session.Talo.Socket.CloseConnectionAsync();
        session.Settle();
        Assert.That(PlayedSession.Error(open).Message, Does.Contain("closed by the game"));
    }

    [Test]
    public void Tasks_CompleteAfterTheirStateWasPublished()
    {
        using var session = new PlayedSession(x => x.AutoConnect = false);
        var seen = new List<string>();
        var open = Then(session.Talo.Socket.OpenConnectionAsync(), () => seen.Add("open " + session.Log[^1]));
        var identified = Then(session.Talo.Socket.WhenIdentifiedAsync(), () => seen.Add("identified " + session.Log[^1]));
        session.Settle();
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Settle();
        var close = Then(session.Talo.Socket.CloseConnectionAsync(), () => seen.Add($"close {session.Log[^1]} {session.Closures.Count}"));
        session.Settle();
        Assert.That(seen, Is.EqualTo(new[] { "open Connected", "identified Identified", "close Closed 1" }));
        Assert.That(new[] { open, identified, close }.All(x => x.IsCompletedSuccessfully), Is.True);
    }

    [Test]
    public void Continuations_MayGoOnWithTheClient()
    {
        using var session = new PlayedSession(x => x.AutoConnect = false);
        async Task Play()
        {
            var socket = session.Talo.Socket;
            await socket.OpenConnectionAsync();
            await session.Talo.Players.IdentifyAsync("username", "ada");
            await socket.WhenIdentifiedAsync();
            await session.Talo.Channels.SendMessageAsync(41, "ahoy");
            await socket.ResetConnectionAsync();
            await socket.WhenIdentifiedAsync();
            await socket.CloseConnectionAsync();
            await socket.OpenConnectionAsync();
            await socket.WhenIdentifiedAsync();
            session.Talo.Dispose();
        }

        var play = Play();
        session.Advance(5);
        Assert.That(play.IsCompletedSuccessfully, Is.True, $"{play.Exception} {session.Path}");
        Assert.That(session.Texts, Is.EqualTo(new[] { "ahoy" }));
        Assert.That(session.Server.Transport.Links, Has.Count.EqualTo(3));
    }

    [Test]
    public void States_ReplayTheCurrentOne_ToWhoComesLater()
    {
        using var session = new PlayedSession().Identified();
        var late = new List<ConnectionState>();
        using (session.Talo.Socket.States.Subscribe(late.Add))
        {
            Assert.That(late, Is.EqualTo(new[] { session.Talo.Socket.State }));
            session.Server.Link.Lose();
            session.Settle();
            Assert.That(late.Select(x => x.Status), Is.EqualTo(new[] { ConnectionStatus.Identified, ConnectionStatus.Waiting }));
        }

        session.Advance(5);
        Assert.That(late, Has.Count.EqualTo(2));
    }

    [Test]
    public void SubscribingInAStateHandler_GetsThatState_ThenTheNext()
    {
        using var session = new PlayedSession();
        var inner = new List<ConnectionStatus>();
        session.Talo.Socket.States.Subscribe(x =>
        {
            if (x.Status == ConnectionStatus.Connecting) session.Talo.Socket.States.Subscribe(y => inner.Add(y.Status));
        });
        session.Settle();
        Assert.That(inner, Is.EqualTo(new[] { ConnectionStatus.Connecting, ConnectionStatus.Connected }));
    }

    [Test]
    public void ControlFromInsideAHandler_Works()
    {
        using var session = new PlayedSession().Identified();
        session.Talo.Socket.Messages.Subscribe(x =>
        {
            if (x.Res == "v1.reset") _ = session.Talo.Socket.ResetConnectionAsync();
            if (x.Res == "v1.close") _ = session.Talo.Socket.CloseConnectionAsync();
            if (x.Res == "v1.pause") session.Talo.Socket.Suspend();
        });
        session.Server.Link.ReceiveMessage("v1.reset");
        session.Settle();
        Assert.That((session.Talo.Socket.IsIdentified, session.Server.Transport.Links.Count), Is.EqualTo((true, 2)));
        session.Server.Link.ReceiveMessage("v1.pause");
        session.Settle();
        session.Talo.Socket.Resume();
        session.Settle();
        Assert.That((session.Talo.Socket.IsIdentified, session.Server.Transport.Links.Count), Is.EqualTo((true, 3)));
        session.Server.Link.ReceiveMessage("v1.close");
        session.Settle();
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Closed));
    }
}
