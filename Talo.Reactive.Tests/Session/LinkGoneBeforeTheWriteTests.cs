using System;
using System.Linq;
using System.Reactive;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Session;

/// <summary>A link that had ended before the write began: the server certainly has nothing of the frame.</summary>
public sealed class LinkGoneBeforeTheWriteTests
{
    [Test]
    public void Frame_WaitsForTheNextLink_InItsOldPlace_AndIsWrittenOnce()
    {
        DyingTransport? transport = null;
        using var session = new PlayedSession(x => x.Transport = transport = new DyingTransport(x.Transport!)).Identified();
        transport!.DiesBeforeTheNextWrite = true;

        var first = session.Talo.Channels.SendMessageAsync(41, "first");
        var second = session.Talo.Channels.DeliverAsync(41, "second");
        session.Settle();
        Assert.That(first.IsCompleted, Is.False);
        Assert.That(session.Closures, Has.Count.EqualTo(1));

        session.Advance(3);
        Assert.That(session.Texts, Is.EqualTo(new[] { "first", "second" }));
        Assert.That(first.IsCompletedSuccessfully, Is.True);
        Assert.That(PlayedSession.Result(second).Outcome, Is.EqualTo(DeliveryOutcome.Delivered));
    }

    [Test]
    public void WordOfTheWrite_ComesAfterTheEndOfTheLink_AndTheFrameIsNotTakenForUnknown()
    {
        DyingTransport? transport = null;
        using var session = new PlayedSession(x => x.Transport = transport = new DyingTransport(x.Transport!)).Identified();
        transport!.DiesBeforeTheNextWrite = true;
        var word = new Subject<Unit>();
        transport.Word = word;
        var first = session.Talo.Channels.SendMessageAsync(41, "first");
        var second = session.Talo.Channels.SendMessageAsync(41, "second");
        session.Settle();
        session.Server.Link.Lose();
        session.Settle();
        Assert.That(session.Closures, Has.Count.EqualTo(1));
        Assert.That(first.IsCompleted, Is.False, "only the write knows");

        session.Advance(1.2);
        Assert.That(session.Texts.Any(), Is.False, "nothing overtakes it");
        word.OnError(new LinkEndedException());
        session.Advance(3);
        Assert.That(session.Texts, Is.EqualTo(new[] { "first", "second" }));
        Assert.That(first.IsCompletedSuccessfully && second.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public void WordOfTheWrite_NeverComes_AndTheFrameIsUnknownAfterABound()
    {
        DyingTransport? transport = null;
        using var session = new PlayedSession(x => x.Transport = transport = new DyingTransport(x.Transport!)).Identified();
        transport!.DiesBeforeTheNextWrite = true;
        transport.Word = new Subject<Unit>();
        var first = session.Talo.Channels.DeliverAsync(41, "first");
        session.Advance(12);
        Assert.That(PlayedSession.Result(first).Outcome, Is.EqualTo(DeliveryOutcome.Unknown));
        session.Server.Link.Lose();
        var second = session.Talo.Channels.SendMessageAsync(41, "second");
        session.Advance(5);
        Assert.That(second.IsCompletedSuccessfully, Is.True);
        Assert.That(session.Texts, Is.EqualTo(new[] { "second" }));
    }

    [Test]
    public void Frame_WhoseTimeIsUpMeanwhile_IsRefused()
    {
        DyingTransport? transport = null;
        using var session = new PlayedSession(x => x.Transport = transport = new DyingTransport(x.Transport!)).Identified();
        transport!.DiesBeforeTheNextWrite = true;
        var sent = session.Talo.Channels.SendMessageAsync(41, "stale", new SendOptions { ExpiresAfter = TimeSpan.FromMilliseconds(200) });
        session.Advance(3);
        Assert.That(((TaloSendException)PlayedSession.Error(sent)).Outcome, Is.EqualTo(SendOutcome.Refused));
        Assert.That(session.Texts.Any(), Is.False);
    }

    private sealed class DyingTransport(ITransport inner) : ITransport
    {
        internal bool DiesBeforeTheNextWrite { get; set; }

        /// <summary>What the write says, and when; null for at once.</summary>
        internal IObservable<Unit>? Word { get; set; }

        public IObservable<ILink> Dial(Uri address, int maxFrameBytes) =>
            inner.Dial(address, maxFrameBytes).Select(link => new DyingLink(link, this));
    }

    private sealed class DyingLink(ILink inner, DyingTransport transport) : ILink
    {
        public IObservable<ReadOnlyMemory<byte>> Frames => inner.Frames;

        public LinkClosure? Closure => inner.Closure;

        public IObservable<Unit> Send(ReadOnlyMemory<byte> frame)
        {
            if (!transport.DiesBeforeTheNextWrite) return inner.Send(frame);
            transport.DiesBeforeTheNextWrite = false;
            return transport.Word ?? Observable.Throw<Unit>(new LinkEndedException());
        }

        public IObservable<Unit> Close(int code, string reason) => inner.Close(code, reason);

        public void Abort() => inner.Abort();
    }
}
