using System;
using System.Linq;
using System.Threading;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Session;

public sealed class SendingTests
{
    [Test]
    public void NotConnected_FramesAreHeldInOrder_AndFollowIdentifySuccess()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Link.Lose();
        foreach (var text in new[] { "one", "two", "three" }) session.Talo.Channels.SendMessageAsync(41, text);
        session.Settle();
        Assert.That(session.Texts, Is.Empty);

        session.Advance(3);
        Assert.That(session.Texts, Is.EqualTo(new[] { "one", "two", "three" }));
        Assert.That(session.Server.Link.Sent.Select(x => x.Req).First(), Is.EqualTo("v1.players.identify"));
        Assert.That(session.Server.Dropped, Is.Empty);
    }

    [Test]
    public void BeforeConnected_NothingIsWritten()
    {
        using var session = new PlayedSession();
        session.Server.SendsConnected = false;
        var sent = session.Talo.Socket.SendAsync("v1.custom");
        session.Advance(5);
        Assert.That(session.Server.Link.Sent, Is.Empty);
        Assert.That(sent.IsCompleted, Is.False);
    }

    [Test]
    public void OutboxFull_NextIsRefused_WithAnErrorThatSaysWhatToDo()
    {
        using var session = new PlayedSession(x => x.Outbox.Capacity = 2).Identified();
        session.Server.Link.Lose();
        var held = Enumerable.Range(0, 2).Select(i => session.Talo.Channels.SendMessageAsync(41, $"{i}")).ToArray();
        var refused = session.Talo.Channels.SendMessageAsync(41, "too much");
        session.Settle();
        Assert.That(PlayedSession.Error(refused), Is.InstanceOf<TaloSendException>()
            .With.Property("Outcome").EqualTo(SendOutcome.Refused).And.Message.Contains("outbox is full").And.Message.Contains("Send less often"));
        Assert.That(held.Any(x => x.IsCompleted), Is.False);
        session.Advance(3);
        Assert.That(session.Texts, Is.EqualTo(new[] { "0", "1" }));
    }

    [Test]
    public void OutboxFull_DropOldest_RefusesTheOldest()
    {
        using var session = new PlayedSession(x => x.Outbox = new OutboxOptions { Capacity = 2, Overflow = OutboxOverflow.DropOldest }).Identified();
        session.Server.Link.Lose();
        var sends = Enumerable.Range(0, 3).Select(i => session.Talo.Channels.SendMessageAsync(41, $"{i}")).ToArray();
        session.Settle();
        Assert.That(PlayedSession.Error(sends[0]), Is.InstanceOf<TaloSendException>().With.Property("Outcome").EqualTo(SendOutcome.Refused));
        session.Advance(3);
        Assert.That(session.Texts, Is.EqualTo(new[] { "1", "2" }));
        Assert.That(sends.Skip(1).All(x => x.IsCompletedSuccessfully), Is.True);
    }

    [Test]
    public void AliasChangesBeforeTheFrameIsSent_FrameIsRefused_NeverSentAsTheOther()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Link.Lose();
        var asAda = session.Talo.Channels.SendMessageAsync(41, "I am ada");
        var custom = session.Talo.Socket.SendAsync("v1.custom", new { who = "ada" });
        session.Talo.Players.IdentifyAsync("username", "grace");
        session.Advance(5);
        Assert.That(session.Talo.CurrentAlias!.Identifier, Is.EqualTo("grace"));
        foreach (var task in new[] { asAda, custom })
        {
            Assert.That(PlayedSession.Error(task), Is.InstanceOf<TaloSendException>()
                .With.Property("Outcome").EqualTo(SendOutcome.Refused).And.Message.Contains("identity changed"));
        }

        Assert.That(session.Server.Transport.Links.SelectMany(x => x.SentTexts).Any(x => x.Contains("ada", StringComparison.Ordinal)), Is.False);
    }

    [Test]
    public void IdentityCleared_HeldFrameIsRefused_AndNothingIsSentAsNobody()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Link.Lose();
        var held = session.Talo.Channels.SendMessageAsync(41, "I am ada");
        session.Talo.Players.ClearIdentity();
        session.Advance(5);
        Assert.That(PlayedSession.Error(held).Message, Does.Contain("identity changed"));
        Assert.That(session.Texts, Is.Empty);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected));
    }

    [Test]
    public void NeedsAPlayerAndNoneIsKnown_RefusedAtOnce([Values(true, false)] bool connected)
    {
        using var session = new PlayedSession(x => x.AutoConnect = connected);
        session.Settle();
        var message = session.Talo.Channels.SendMessageAsync(41, "ahoy");
        var delivery = session.Talo.Channels.DeliverAsync(41, "ahoy");
        var raw = session.Talo.Socket.SendAsync("v1.channels.message", new { channel = new { id = 41 }, message = "ahoy" });
        session.Settle();
        foreach (var task in new[] { message, delivery, raw })
        {
            Assert.That(PlayedSession.Error(task), Is.InstanceOf<TaloSendException>()
                .With.Property("Outcome").EqualTo(SendOutcome.Refused).And.Message.Contains("Players.IdentifyAsync"));
        }
    }

    [Test]
    public void PlayerKnownButNotIdentifiedYet_EverythingWaitsInOneFifo()
    {
        using var session = new PlayedSession().Connected();
        session.Server.Ignore("v1.players.identify");
        session.Server.Ignore("v1.custom");
        session.Talo.Players.IdentifyAsync("username", "ada");
        session.Settle();
        session.Talo.Socket.Send("v1.custom");
        session.Talo.Channels.SendMessageAsync(41, "ahoy");
        session.Talo.Socket.Send("v1.custom");
        session.Advance(1);
        Assert.That(session.Server.Link.Sent.Select(x => x.Req), Is.EqualTo(new[] { "v1.players.identify" }));

        session.Server.Session.Player = session.Server.Player("ada");
        session.Server.Session.Send("v1.players.identify.success", session.Server.Player("ada").ToJson());
        session.Settle();
        Assert.That(
            session.Server.Link.Sent.Select(x => x.Req),
            Is.EqualTo(new[] { "v1.players.identify", "v1.custom", "v1.channels.message", "v1.custom" }));
    }

    [Test]
    public void LinkDiesUnderAWrite_FrameEndsAsUnknown_AndIsNeverResent([Values] bool serverGotIt)
    {
        using var session = new PlayedSession().Identified();
        session.Server.Link.FailNextWrite(delivered: serverGotIt);
        var under = session.Talo.Channels.SendMessageAsync(41, "once");
        var after = session.Talo.Channels.SendMessageAsync(41, "later");
        session.Advance(10);
        Assert.That(PlayedSession.Error(under), Is.InstanceOf<TaloSendException>().With.Property("Outcome").EqualTo(SendOutcome.Unknown));
        Assert.That(after.IsCompletedSuccessfully, Is.True);
        Assert.That(session.Texts, Is.EqualTo(serverGotIt ? new[] { "once", "later" } : new[] { "later" }));
    }

    [Test]
    public void LinkDiesUnderAHeldWrite_FrameEndsAsUnknown_AndIsNeverResent()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Link.HoldWrites();
        var under = session.Talo.Channels.SendMessageAsync(41, "once");
        session.Settle();
        Assert.That(under.IsCompleted, Is.False);
        session.Server.Link.Lose();
        session.Advance(10);
        Assert.That(PlayedSession.Error(under), Is.InstanceOf<TaloSendException>().With.Property("Outcome").EqualTo(SendOutcome.Unknown));
        Assert.That(session.Texts, Is.Empty);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True);
    }

    [Test]
    public void ExpiresAfter_StaleFrameIsRefusedOnTime_AndNotSentAfterTheReconnect()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Transport.Otherwise = Talo.Reactive.Testing.DialOutcome.Fails();
        session.Server.Link.Lose();
        var stale = session.Talo.Channels.SendMessageAsync(41, "stale", new SendOptions { ExpiresAfter = TimeSpan.FromSeconds(5) });
        var fresh = session.Talo.Channels.SendMessageAsync(41, "fresh");
        session.Advance(4.9);
        Assert.That(stale.IsCompleted, Is.False);
        session.Advance(0.2);
        Assert.That(PlayedSession.Error(stale), Is.InstanceOf<TaloSendException>()
            .With.Property("Outcome").EqualTo(SendOutcome.Refused).And.Message.Contains("ExpiresAfter"));
        session.Server.Transport.Otherwise = Talo.Reactive.Testing.DialOutcome.Opens();
        session.Advance(120);
        Assert.That(session.Texts, Is.EqualTo(new[] { "fresh" }));
        Assert.That(fresh.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public void ExpiresAfter_OutOfBounds_ThrowsAndSaysTheBounds() =>
        Assert.That(
            () => new PlayedSession().Identified().Talo.Channels.SendMessageAsync(41, "x", new SendOptions { ExpiresAfter = TimeSpan.Zero }),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("ExpiresAfter has to be from"));

    [Test]
    public void Cancelled_WhileItWaits_IsTakenBack()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Link.Lose();
        using var cancellation = new CancellationTokenSource();
        var given = session.Talo.Channels.SendMessageAsync(41, "given up", cancellationToken: cancellation.Token);
        cancellation.Cancel();
        session.Advance(5);
        Assert.That(given.IsCanceled, Is.True);
        Assert.That(session.Texts, Is.Empty);
    }

    [Test]
    public void Cancelled_BeforeTheCall_IsNeverSent()
    {
        using var session = new PlayedSession().Identified();
        var cancelled = new CancellationToken(canceled: true);
        var send = session.Talo.Channels.SendMessageAsync(41, "never", cancellationToken: cancelled);
        var deliver = session.Talo.Channels.DeliverAsync(41, "never", cancellationToken: cancelled);
        var raw = session.Talo.Socket.SendAsync("v1.custom", cancellationToken: cancelled);
        session.Settle();
        Assert.That(send.IsCanceled && deliver.IsCanceled && raw.IsCanceled, Is.True);
        Assert.That(session.Server.Link.Sent.Select(x => x.Req), Is.EqualTo(new[] { "v1.players.identify" }));
    }

    [Test]
    public void Cancelled_AfterTheWriteBegan_FrameGoesOn()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Link.HoldWrites();
        using var cancellation = new CancellationTokenSource();
        var given = session.Talo.Channels.SendMessageAsync(41, "gone", cancellationToken: cancellation.Token);
        session.Settle();
        cancellation.Cancel();
        session.Server.Link.ReleaseWrites();
        session.Settle();
        Assert.That(given.IsCanceled, Is.True);
        Assert.That(session.Texts, Is.EqualTo(new[] { "gone" }));
    }

    [Test]
    public void Send_WithoutTask_ReportsItsFailureOnFaults()
    {
        using var session = new PlayedSession().Connected();
        session.Talo.Socket.Send("v1.channels.message", new { channel = new { id = 41 }, message = "ahoy" });
        session.Settle();
        Assert.That(session.Faults.Single(), Has.Property("Kind").EqualTo(TaloFaultKind.SendFailed)
            .And.Property("Where").EqualTo("v1.channels.message").And.Property("Text").Contains("IdentifyAsync"));
    }

    [Test]
    public void Closed_WaitingAndLaterSendsAreRefused_AndOpenTakesSendsAgain()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Link.HoldWrites();
        session.Talo.Socket.Send("v1.under-way");
        var waiting = session.Talo.Channels.SendMessageAsync(41, "waits");
        session.Talo.Socket.CloseConnectionAsync();
        var late = session.Talo.Channels.SendMessageAsync(41, "late");
        session.Advance(5);
        Assert.That(PlayedSession.Error(waiting).Message, Does.Contain("OpenConnectionAsync"));
        Assert.That(PlayedSession.Error(late).Message, Does.Contain("OpenConnectionAsync"));

        session.Talo.Socket.OpenConnectionAsync();
        var again = session.Talo.Channels.SendMessageAsync(41, "again");
        session.Advance(5);
        Assert.That(again.IsCompletedSuccessfully, Is.True);
        Assert.That(session.Texts, Is.EqualTo(new[] { "again" }));
    }

    [Test]
    public void Disposed_PendingSendsFailWithObjectDisposed()
    {
        var session = new PlayedSession().Identified();
        session.Server.Link.HoldWrites();
        var under = session.Talo.Channels.SendMessageAsync(41, "under way");
        var waiting = session.Talo.Channels.DeliverAsync(41, "waits");
        session.Settle();
        session.Dispose();
        session.Advance(5);
        Assert.That(PlayedSession.Error(under), Is.InstanceOf<ObjectDisposedException>());
        Assert.That(PlayedSession.Error(waiting), Is.InstanceOf<ObjectDisposedException>());
    }
}
