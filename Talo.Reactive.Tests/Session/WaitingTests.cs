using System;
using System.Linq;
using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Session;

/// <summary>Waits between tries.</summary>
public sealed class WaitingTests
{
    private static double[] Waits(PlayedSession session) =>
        [.. session.States.Where(x => x.Status == ConnectionStatus.Waiting).Select(x => Math.Round(x.RetryIn!.Value.TotalSeconds, 3))];

    [Test]
    public void FailedDials_BackOffWithDoublingCeilings_WithoutEnd()
    {
        using var session = new PlayedSession();
        session.Server.Transport.Otherwise = DialOutcome.Fails();
        session.Advance(3600);
        Assert.That(Waits(session).Take(8), Is.EqualTo(new[] { 1.0, 2, 4, 8, 16, 30, 30, 30 }));
        Assert.That(Waits(session), Has.Length.GreaterThan(110));
        Assert.That(session.States[^1].Attempt, Is.GreaterThan(110));
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Waiting));
    }

    [Test]
    public void Backoff_IsFullJitter()
    {
        double[] draws = [0.25, 0, 0.5];
        var drawn = 0;
        using var session = new PlayedSession(x => x.Random = () => draws[drawn++ % 3]);
        session.Server.Transport.Script(DialOutcome.Fails(), DialOutcome.Fails(), DialOutcome.Fails());
        session.Advance(5);
        Assert.That(Waits(session), Is.EqualTo(new[] { 0.25, 0, 2 }));
    }

    [Test]
    public void StableConnection_ResetsTheBackoff_AnUnstableOneDoesNot()
    {
        using var session = new PlayedSession().Connected();
        foreach (var lived in new[] { 1.0, 1, 1, 20 })
        {
            session.Advance(lived);
            session.Server.Link.Lose();
            session.Advance(10);
        }

        Assert.That(Waits(session), Is.EqualTo(new[] { 1.0, 2, 4, 8 }));
        session.Advance(30);
        Assert.That(session.States[^1].Attempt, Is.Zero);
        session.Server.Link.Lose();
        session.Settle();
        Assert.That(Waits(session)[^1], Is.EqualTo(1));
    }

    [Test]
    public void MaxAttempts_Fails_AndOpeningCountsAnew()
    {
        using var session = new PlayedSession(x => x.Reconnect.MaxAttempts = 3);
        session.Server.Transport.Otherwise = DialOutcome.Fails();
        session.Advance(600);
        Assert.That(session.Path, Is.EqualTo("Disconnected Connecting Waiting Connecting Waiting Connecting Failed"));
        Assert.That(session.States[^1].Cause!.Kind, Is.EqualTo(ConnectionCauseKind.GaveUp));
        var open = session.Talo.Socket.OpenConnectionAsync();
        session.Advance(600);
        Assert.That(PlayedSession.Error(open), Is.InstanceOf<TaloException>());
        Assert.That(session.Server.Transport.Dials, Has.Count.EqualTo(6));
    }

    [Test]
    public void Policy_Null_Fails_AndItsClosureSaysThatNoTryFollows()
    {
        ReconnectContext? asked = null;
        using var session = new PlayedSession(x => x.Reconnect.Policy = context =>
        {
            asked = context;
            return null;
        }).Connected();
        session.Server.Link.CloseByPeer(1011, "oops");
        session.Advance(600);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Failed));
        Assert.That(session.Closures.Single(), Is.EqualTo(new Closure(1011, "oops", ClosureOrigin.Server, null)));
        Assert.That(asked!.Attempt, Is.EqualTo(1));
        Assert.That(asked.Cause.CloseCode, Is.EqualTo(1011));
        Assert.That(asked.Suggested!.Value.TotalSeconds, Is.EqualTo(1).Within(0.001));
    }

    [Test]
    public void Policy_Null_HoldsForARefusedTicketToo()
    {
        using var session = new PlayedSession(x => x.Reconnect.Policy = _ => null).Connected();
        session.Server.Link.CloseByPeer(3000);
        session.Advance(60);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Failed));
        Assert.That(session.Server.Transport.Dials, Has.Count.EqualTo(1));
    }

    [Test]
    public void Policy_ThatThrows_IsReported_AndTheDefaultWaitIsUsed()
    {
        using var session = new PlayedSession(x => x.Reconnect.Policy = _ => throw new InvalidOperationException("mine"));
        session.Server.Transport.Script(DialOutcome.Fails());
        session.Advance(2);
        Assert.That(Waits(session), Is.EqualTo(new[] { 1.0 }));
        Assert.That(session.Faults.Single().Kind, Is.EqualTo(TaloFaultKind.ExtensionThrew));
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected));
    }

    [Test]
    public void Policy_Negative_IsAtOnce()
    {
        using var session = new PlayedSession(x => x.Reconnect.Policy = _ => TimeSpan.FromSeconds(-5));
        session.Server.Transport.Script(DialOutcome.Fails());
        session.Settle();
        Assert.That(Waits(session), Is.EqualTo(new[] { 0.0 }));
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected));
    }

    [Test]
    public void Policy_Endless_IsCutToADay()
    {
        using var session = new PlayedSession(x => x.Reconnect.Policy = _ => TimeSpan.MaxValue);
        session.Server.Transport.Script(DialOutcome.Fails());
        session.Advance(2 * 86_400);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected));
        Assert.That(session.Faults, Is.Empty);
    }

    [Test]
    public void Open_InABackoff_DialsNow()
    {
        using var session = new PlayedSession();
        session.Server.Transport.Script(DialOutcome.Fails(), DialOutcome.Fails(), DialOutcome.Fails(), DialOutcome.Fails(), DialOutcome.Opens());
        session.Advance(7.5);
        Assert.That(session.Talo.Socket.State.RetryIn!.Value.TotalSeconds, Is.EqualTo(8).Within(0.01));
        var open = session.Talo.Socket.OpenConnectionAsync();
        session.Settle();
        Assert.That(open.IsCompletedSuccessfully, Is.True);
        session.Advance(20);
        Assert.That(session.Server.Transport.Dials, Has.Count.EqualTo(5), "the wait that was under way has ended");
    }
}
