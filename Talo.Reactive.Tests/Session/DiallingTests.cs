using System;
using System.Linq;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive.Testing;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Session;

/// <summary>Ticket, dial, v1.connected: each step and its bound.</summary>
public sealed class DiallingTests
{
    [Test]
    public void EachDial_TakesAFreshTicket()
    {
        using var session = new PlayedSession().Connected();
        for (var i = 0; i < 4; i++)
        {
            session.Server.Link.Lose();
            session.Advance(31);
        }

        var tickets = session.Server.Transport.Dials.Select(x => x.Address.Query).ToArray();
        Assert.That(tickets, Has.Length.EqualTo(5));
        Assert.That(tickets, Is.Unique);
        Assert.That(session.Tickets, Is.EqualTo(5));
    }

    [Test]
    public void TicketThatComesBeforeTheCallForItReturns_IsDialledWith()
    {
        var scheduler = new TestScheduler();
        var memory = new MemoryTransport();
        using var talo = new TaloClient(new TaloClientOptions
        {
            AccessKey = "any", ApiUrl = "https://talo.test", Scheduler = scheduler, HttpTransport = memory, Transport = new SlowDial(memory, scheduler),
        });
        scheduler.AdvanceBy(TimeSpan.FromSeconds(2));
        memory.Receive("""{"res":"v1.connected","data":{}}""");
        scheduler.AdvanceBy(TimeSpan.FromSeconds(1));
        Assert.That(talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected));
    }

    [Test]
    public void FailedDial_UsesItsTicketUp()
    {
        using var session = new PlayedSession();
        session.Server.Transport.Script(DialOutcome.Fails(), DialOutcome.Opens());
        session.Advance(2);
        Assert.That(session.Server.Transport.Dials.Select(x => x.Address.Query).Distinct().Count(), Is.EqualTo(2));
        Assert.That(session.Path, Is.EqualTo("Disconnected Connecting Waiting Connecting Connected"));
        Assert.That(session.States[2].Cause!.Kind, Is.EqualTo(ConnectionCauseKind.DialFailed));
        Assert.That(session.Closures, Is.Empty, "a dial that fails is a state, not a closure");
    }

    [Test]
    public void BeforeConnected_NoFrameIsSent_AfterIt_InOrder()
    {
        using var session = new PlayedSession();
        session.Server.SendsConnected = false;
        session.Talo.Socket.Send("v1.game.one", new { n = 1 });
        session.Talo.Socket.Send("v1.game.two", new { n = 2 });
        var identify = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Advance(5);
        Assert.That(identify.IsCompletedSuccessfully, Is.True);
        Assert.That(session.Server.Link.Sent, Is.Empty);

        session.Server.SendsConnected = true;
        session.Server.Link.Lose();
        session.Advance(2);
        Assert.That(session.Server.Link.Sent.Select(x => x.Req), Is.EqualTo(new[] { "v1.players.identify", "v1.game.one", "v1.game.two" }));
        Assert.That(session.Server.Dropped, Is.Empty);
    }

    [Test]
    public void NoConnected_WithinItsBound_DropsTheLink()
    {
        using var session = new PlayedSession();
        session.Server.SendsConnected = false;
        session.Advance(9.9);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connecting));
        Assert.That(session.Server.Link.AbortedAt, Is.Null);
        session.Server.SendsConnected = true;
        session.Advance(1.2);
        Assert.That(session.Server.Transport.Links[0].AbortedAt, Is.Not.Null);
        Assert.That(session.Closures.Single().Origin, Is.EqualTo(ClosureOrigin.DeadLink));
        Assert.That(session.States.Single(x => x.Status == ConnectionStatus.Waiting).Cause!.Kind, Is.EqualTo(ConnectionCauseKind.DeadLink));
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected));
    }

    [Test]
    public void Dial_ThatNeverAnswers_IsGivenUpAfterItsBound()
    {
        using var session = new PlayedSession();
        session.Server.Transport.Script(DialOutcome.NeverAnswers);
        session.Advance(14.9);
        Assert.That(session.Server.Transport.Dials.Single().IsPending, Is.True);
        session.Advance(1.2);
        Assert.That(session.Server.Transport.Dials[0].GivenUpAt, Is.Not.Null);
        Assert.That(session.States.Single(x => x.Status == ConnectionStatus.Waiting).Cause!.Kind, Is.EqualTo(ConnectionCauseKind.DialFailed));
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected));
    }

    [Test]
    public void TicketCall_ThatNeverAnswers_IsGivenUpAfterItsBound()
    {
        using var session = new PlayedSession();
        session.Server.Http.On("POST", "/v1/socket-tickets").NeverOnce();
        session.Advance(22);
        Assert.That(session.Path, Is.EqualTo("Disconnected Connecting Waiting Connecting Connected"));
        Assert.That(session.States[2].Cause!.Kind, Is.EqualTo(ConnectionCauseKind.NoTicket));
        Assert.That(session.Server.Http.CallsTo("POST", "/v1/socket-tickets")[0].GivenUpAt, Is.Not.Null);
    }

    [Test]
    public void Ticket401_Fails_AndOpeningIsTheWayOut()
    {
        using var session = new PlayedSession();
        session.Server.Http.On("POST", "/v1/socket-tickets").ReplyOnce(401, new { message = "Unauthorized" });
        var open = session.Talo.Socket.OpenConnectionAsync();
        var identified = session.Talo.Socket.WhenIdentifiedAsync();
        session.Advance(600);
        Assert.That(session.Path, Is.EqualTo("Disconnected Connecting Failed"));
        Assert.That(session.States[^1].Cause!.Kind, Is.EqualTo(ConnectionCauseKind.AccessKeyRefused));
        Assert.That(PlayedSession.Error(open), Is.InstanceOf<TaloException>().With.Property("Status").EqualTo(401));
        Assert.That(PlayedSession.Error(identified), Is.InstanceOf<TaloException>());
        Assert.That(session.Tickets, Is.EqualTo(1), "it does not try by itself");

        var again = session.Talo.Socket.OpenConnectionAsync();
        session.Settle();
        Assert.That(again.IsCompletedSuccessfully, Is.True, session.Path);
        Assert.That(session.States[^1].Attempt, Is.Zero);
    }

    [Test]
    public void Failed_WaitingForThePlayer_FaultsAtOnce()
    {
        using var session = new PlayedSession();
        session.Server.Http.On("POST", "/v1/socket-tickets").Reply(401, new { message = "Unauthorized" });
        session.Settle();
        var identified = session.Talo.Socket.WhenIdentifiedAsync();
        session.Settle();
        Assert.That(PlayedSession.Error(identified), Is.InstanceOf<TaloException>());
    }

    /// <summary>The link is there after a second.</summary>
    private sealed class SlowDial(ILink link, IScheduler scheduler) : ITransport
    {
        public IObservable<ILink> Dial(Uri address, int maxFrameBytes) =>
            Observable.Timer(TimeSpan.FromSeconds(1), scheduler).Select(_ => link);
    }
}
