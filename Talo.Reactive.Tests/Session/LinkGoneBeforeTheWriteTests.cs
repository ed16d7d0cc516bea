using System;
using System.Linq;
using System.Reactive;
using System.Reactive.Linq;
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
            return Observable.Throw<Unit>(new LinkEndedException());
        }

        public IObservable<Unit> Close(int code, string reason) => inner.Close(code, reason);

        public void Abort() => inner.Abort();
    }
}
