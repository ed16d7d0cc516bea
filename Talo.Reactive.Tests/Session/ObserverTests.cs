using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive.Linq;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Session;

public sealed class ObserverTests
{
    [Test]
    public void BareObserverThatThrows_IsReported_AndStays()
    {
        using var session = new PlayedSession().Identified();
        var heard = new List<string>();
        session.Talo.Socket.Messages.Subscribe(x =>
        {
            heard.Add(x.Res);
            throw new InvalidOperationException("the game's mistake");
        });
        Receive(session, "one", "two");
        Assert.That(heard, Is.EqualTo(new[] { "one", "two" }));
        Assert.That(session.Faults, Has.Count.EqualTo(2));
        var fault = session.Faults[0];
        Assert.That(fault.Kind, Is.EqualTo(TaloFaultKind.ObserverThrew));
        Assert.That(fault.Where, Is.EqualTo("Socket.Messages"));
        Assert.That(fault.ObserverDetached, Is.False);
        Assert.That(fault.Error, Is.InstanceOf<InvalidOperationException>());
        Assert.That(fault.Text, Does.Contain("the game's mistake"));
    }

    [Test]
    public void BareTypedObserverThatThrows_IsReported_AndStays([Values] bool one)
    {
        using var session = new PlayedSession().Identified();
        var heard = 0;
        var stream = one ? session.Talo.Channels.In(41).Messages : session.Talo.Channels.Messages;
        stream.Subscribe(x =>
        {
            heard++;
            throw new InvalidOperationException("the game's mistake");
        });
        session.Server.Say(session.Server.Player("grace"), 41, "one");
        session.Server.Say(session.Server.Player("grace"), 41, "two");
        Assert.That(heard, Is.EqualTo(2));
        Assert.That(session.Faults.Select(x => (x.Where, x.ObserverDetached)), Is.All.EqualTo((one ? "Channels.In(41).Messages" : "Channels.Messages", false)));
    }

    [Test]
    public void ThrowsBehindWhereAndSelect_IsReportedAsDetached_Once()
    {
        using var session = new PlayedSession().Identified();
        var heard = 0;
        session.Talo.Socket.Messages.Where(x => x.Res.Length > 0).Select(x => x.Res).Subscribe(_ =>
        {
            heard++;
            throw new InvalidOperationException("the game's mistake");
        });
        Receive(session, "one", "two");
        Assert.That(heard, Is.EqualTo(1));
        Assert.That(session.Faults.Single().ObserverDetached, Is.True);
        Assert.That(session.Faults.Single().Text, Does.Contain("SubscribeGuarded"));
    }

    [Test]
    public void SubscribeGuarded_StaysAndReportsEachThrow()
    {
        using var session = new PlayedSession().Identified();
        var heard = new List<string>();
        session.Talo.Socket.Messages.Where(x => x.Res.Length > 0).Select(x => x.Res).SubscribeGuarded(x =>
        {
            heard.Add(x);
            throw new InvalidOperationException("the game's mistake");
        });
        Receive(session, "one", "two");
        Assert.That(heard, Is.EqualTo(new[] { "one", "two" }));
        Assert.That(session.Faults.Select(x => (x.Kind, x.ObserverDetached)), Is.EqualTo(new[] { (TaloFaultKind.ObserverThrew, false), (TaloFaultKind.ObserverThrew, false) }));
    }

    [Test]
    public void SubscribeGuarded_BehindObserveOnAnotherScheduler_StaysAndReports()
    {
        using var session = new PlayedSession().Identified();
        var heard = new List<string>();
        session.Talo.Channels.In(41).Messages.ObserveOn(session.Scheduler).SubscribeGuarded(x =>
        {
            heard.Add(x.Message);
            throw new InvalidOperationException("the game's mistake");
        });
        session.Server.Say(session.Server.Player("grace"), 41, "one");
        session.Settle();
        session.Server.Say(session.Server.Player("grace"), 41, "two");
        session.Settle();
        Assert.That(heard, Is.EqualTo(new[] { "one", "two" }));
        Assert.That(session.Faults.Count(x => x is { Kind: TaloFaultKind.ObserverThrew, ObserverDetached: false }), Is.EqualTo(2));
    }

    [Test]
    public void SubscribeGuarded_WithAHandlerOfItsOwn_TellsThatInstead()
    {
        using var session = new PlayedSession().Identified();
        var errors = new List<Exception>();
        session.Talo.Socket.Messages.SubscribeGuarded(_ => throw new InvalidOperationException("mine"), errors.Add);
        Receive(session, "one", "two");
        Assert.That(errors, Has.Count.EqualTo(2));
        Assert.That(session.Faults, Is.Empty);
    }

    [Test]
    public void SelectorThatThrows_UnderSubscribeGuarded_IsReportedAsDetached()
    {
        using var session = new PlayedSession().Identified();
        session.Talo.Socket.Messages.Select(x => x.DataAs<ChannelMessage>().Channel.Owner!.Id).SubscribeGuarded(_ => { });
        Receive(session, "one", "two");
        Assert.That(session.Faults.Single().ObserverDetached, Is.True);
    }

    [Test]
    public void OneThatThrows_OthersAndTheSocketAreUnaffected()
    {
        using var session = new PlayedSession().Identified();
        var before = new List<string>();
        var after = new List<string>();
        session.Talo.Socket.Messages.Subscribe(x => before.Add(x.Res));
        session.Talo.Socket.Messages.Select(x => x.Res).Subscribe(_ => throw new InvalidOperationException("the game's mistake"));
        session.Talo.Socket.Messages.Subscribe(x => after.Add(x.Res));
        Receive(session, "one", "two");
        Assert.That(before, Is.EqualTo(new[] { "one", "two" }));
        Assert.That(after, Is.EqualTo(before));
        Assert.That(session.Talo.Socket.IsIdentified, Is.True);
    }

    [Test]
    public void ObserverOfFaultsThatThrows_IsHarmless()
    {
        using var session = new PlayedSession().Identified();
        var told = 0;
        session.Talo.Socket.Faults.Subscribe(_ =>
        {
            told++;
            throw new InvalidOperationException("even here");
        });
        session.Server.Link.Receive("garbage");
        session.Server.Link.Receive("garbage");
        Receive(session, "one");
        Assert.That(told, Is.EqualTo(2));
        Assert.That(session.Faults, Has.Count.EqualTo(2));
        Assert.That(session.Messages[^1].Res, Is.EqualTo("one"));
    }

    [Test]
    public void ObserversOfEveryStreamThatThrow_NeverEndTheSession()
    {
        using var session = new PlayedSession();
        Throwing(session.Talo.Socket.States);
        Throwing(session.Talo.Socket.Closures);
        Throwing(session.Talo.Socket.Errors);
        Throwing(session.Talo.Socket.Traffic);
        session.Identified();
        session.Server.Session.SendError("v1.custom", "NEW", "new");
        session.Settle();
        session.Server.Link.Lose();
        session.Advance(5);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
        Assert.That(
            session.Faults.Select(x => x.Where).Distinct(),
            Is.SupersetOf(new[] { "Socket.States", "Socket.Closures", "Socket.Errors", "Socket.Traffic" }));

        static void Throwing<T>(IObservable<T> stream) => stream.Subscribe(_ => throw new InvalidOperationException("always"));
    }

    [Test]
    public void ErrorEvents_NeverComeAsOnError()
    {
        using var session = new PlayedSession().Identified();
        var failed = false;
        session.Talo.Socket.Errors.Subscribe(static _ => { }, _ => failed = true);
        session.Talo.Socket.Closures.Subscribe(static _ => { }, _ => failed = true);
        for (var i = 0; i < 5; i++)
        {
            session.Server.Session.SendError("unknown", "ROUTING_ERROR", "An error occurred while routing the message");
            session.Settle();
            session.Server.Link.Lose(new InvalidOperationException("network"));
            session.Advance(30);
        }

        Assert.That(failed, Is.False);
        Assert.That(session.Errors, Has.Count.EqualTo(5));
        Assert.That(session.Closures, Has.Count.EqualTo(5));
    }

    private static void Receive(PlayedSession session, params string[] names)
    {
        foreach (var name in names) session.Server.Link.ReceiveMessage(name);
        session.Settle();
    }
}
