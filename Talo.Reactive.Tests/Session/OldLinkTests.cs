using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Text;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Session;

/// <summary>Every link has an epoch: what comes late from an old one changes nothing.</summary>
public sealed class OldLinkTests
{
    private sealed class LooseTransport : ITransport
    {
        internal List<LooseLink> Links { get; } = [];

        public IObservable<ILink> Dial(Uri address, int maxFrameBytes) => Observable.Defer(() =>
        {
            Links.Add(new LooseLink());
            return Observable.Return<ILink>(Links[^1]);
        });
    }

    /// <summary>A link that goes on talking whatever was done to it.</summary>
    private sealed class LooseLink : ILink
    {
        private readonly Subject<ReadOnlyMemory<byte>> frames = new();

        public IObservable<ReadOnlyMemory<byte>> Frames => frames;

        public LinkClosure? Closure { get; private set; }

        internal bool IsAborted { get; private set; }

        internal List<string> Sent { get; } = [];

        public IObservable<Unit> Send(ReadOnlyMemory<byte> frame)
        {
            Sent.Add(Encoding.UTF8.GetString(frame.Span));
            return Observable.Return(Unit.Default);
        }

        public IObservable<Unit> Close(int code, string reason) => Observable.Never<Unit>();

        public void Abort() => IsAborted = true;

        internal void Say(string text) => frames.OnNext(Encoding.UTF8.GetBytes(text));

        internal void End(int code)
        {
            Closure = new LinkClosure(LinkEnd.ClosedByPeer, code, "");
            frames.OnCompleted();
        }
    }

    private const string Greeting = """{"res":"v1.connected","data":{}}""";

    private static PlayedSession Play(LooseTransport transport)
    {
        var session = new PlayedSession(x => x.Transport = transport);
        session.Settle();
        transport.Links[^1].Say(Greeting);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected));
        return session;
    }

    [Test]
    public void EndOfALinkThatHasEnded_IsIgnored()
    {
        var transport = new LooseTransport();
        using var session = Play(transport);
        transport.Links[0].End(1001);
        session.Advance(2);
        transport.Links[1].Say(Greeting);
        transport.Links[0].End(3000);
        session.Advance(60);
        Assert.That(transport.Links, Has.Count.EqualTo(2));
        Assert.That(session.Closures, Has.Count.EqualTo(1));
        Assert.That(session.Talo.Socket.State.Epoch, Is.EqualTo(2));
    }

    [Test]
    public void FramesOfADroppedLink_AreNotDelivered()
    {
        var transport = new LooseTransport();
        using var session = Play(transport);
        session.Advance(41);
        Assert.That(transport.Links[0].IsAborted, Is.True, "nothing answered the heartbeat");
        var before = session.Messages.Count;
        transport.Links[0].Say("""{"res":"v1.late","data":{}}""");
        Assert.That(session.Messages, Has.Count.EqualTo(before));
        transport.Links[0].End(1006);
        session.Advance(2);
        transport.Links[1].Say(Greeting);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected));
    }

    [Test]
    public void GreetingTwice_ChangesNothing()
    {
        var transport = new LooseTransport();
        using var session = Play(transport);
        var path = session.Path;
        transport.Links[0].Say(Greeting);
        Assert.That(session.Path, Is.EqualTo(path));
    }

    [Test]
    public void GreetingWhileClosing_ChangesNothing()
    {
        var transport = new LooseTransport();
        using var session = new PlayedSession(x => x.Transport = transport);
        session.Settle();
        _ = session.Talo.Socket.CloseConnectionAsync();
        session.Talo.Socket.Send("v1.game.x");
        transport.Links[0].Say(Greeting);
        session.Settle();
        Assert.That(session.Path, Is.EqualTo("Disconnected Connecting Closed"));
        Assert.That(transport.Links[0].Sent, Is.Empty);
    }

    [Test]
    public void IdentifySuccessOfTheOldLink_DuringAReset_DoesNotIdentifyTheNewOne()
    {
        using var session = new PlayedSession().Connected();
        session.Server.Latency = TimeSpan.FromSeconds(1);
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Advance(0.1);
        session.Server.Link.CloseTime = TimeSpan.FromSeconds(1.5);
        _ = session.Talo.Socket.ResetConnectionAsync();
        session.Advance(1.2);
        Assert.That(session.Messages.Select(x => x.Res), Does.Contain("v1.players.identify.success"));
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connecting));
        session.Advance(5);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True);
        Assert.That(session.Server.Transport.Links[1].Sent.Count(x => x.Req == "v1.players.identify"), Is.EqualTo(1));
    }

    [Test]
    public void SynchronousTransport_IsNoTrouble()
    {
        var transport = new LooseTransport();
        using var session = Play(transport);
        session.Server.Http.AnswersInsideSubscribe = true;
        var identify = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Settle();
        Assert.That(identify.IsCompletedSuccessfully, Is.True);
        Assert.That(transport.Links[0].Sent.Single(), Does.StartWith("""{"req":"v1.players.identify","""));
    }
}
