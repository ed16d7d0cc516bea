using System;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Transport;

public abstract partial class TransportContract
{
    [Test]
    public async Task DialWithoutSubscription_ConnectsNothing_AndEachSubscriptionIsOneDial()
    {
        var dial = CreateTransport().Dial(Server.SocketAddress, MaxFrameBytes);
        var first = dial.EndAsync();
        using var firstPeer = await Server.AcceptWebSocketAsync();
        Assert.That((await first).Values, Has.Count.EqualTo(1));
        Assert.That(Server.HasCaller, Is.False);

        var second = dial.EndAsync();
        using var secondPeer = await Server.AcceptWebSocketAsync();
        Assert.That((await second).Values[0], Is.Not.SameAs((await first).Values[0]));

        (await first).Values[0].Abort();
        (await second).Values[0].Abort();
    }

    [Test]
    public async Task PeerAccepts_OneOpenLinkThenCompletion()
    {
        var dial = CreateTransport().Dial(Server.SocketAddress, MaxFrameBytes).EndAsync();
        using var peer = await Server.AcceptWebSocketAsync();
        var end = await dial;

        Assert.That(end.Error, Is.Null);
        Assert.That(end.Values, Has.Count.EqualTo(1));
        Assert.That(end.Values[0].Closure, Is.Null);
        end.Values[0].Abort();
    }

    [Test]
    public async Task Address_GoesToThePeerAsItIs()
    {
        var dial = CreateTransport().Dial(Server.SocketAddress, MaxFrameBytes).EndAsync();
        using var peer = await Server.AcceptAsync();
        var head = await peer.UpgradeAsync();
        (await dial).Values[0].Abort();

        Assert.That(head, Does.StartWith($"GET /?ticket={RawPeer.Ticket} HTTP/1.1\r\n"));
    }

    [Test]
    public async Task NobodyListens_Errors()
    {
        using var nobody = new RawPeer(listens: false);
        var end = await CreateTransport().Dial(nobody.SocketAddress, MaxFrameBytes).EndAsync();

        AssertFailedDial(end);
    }

    [TestCase("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\n{}")]
    [TestCase("HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [TestCase("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: bm90IHRoZSBhbnN3ZXI=\r\n\r\n")]
    [TestCase("this is not HTTP\r\n\r\n")]
    public async Task PeerAnswersSomethingElse_Errors(string answer)
    {
        var dial = CreateTransport().Dial(Server.SocketAddress, MaxFrameBytes).EndAsync();
        using var peer = await Server.AcceptAsync();
        await peer.ReadHeadAsync();
        await peer.WriteAsync(answer);
        peer.HangUp();

        AssertFailedDial(await dial);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task PeerGoesBeforeTheAnswer_Errors(bool withReset)
    {
        var dial = CreateTransport().Dial(Server.SocketAddress, MaxFrameBytes).EndAsync();
        using var peer = await Server.AcceptAsync();
        await peer.ReadHeadAsync();
        // An engine may dial once more by itself; it finds nobody.
        Server.Dispose();
        if (withReset) peer.Reset();
        else peer.Dispose();

        AssertFailedDial(await dial);
    }

    [Test]
    public async Task PeerNeverAnswers_DisposalGivesUpTheDial()
    {
        var dial = Ending<ILink>.Of(CreateTransport().Dial(Server.SocketAddress, MaxFrameBytes));
        using var peer = await Server.AcceptAsync();
        await peer.ReadHeadAsync();
        dial.Subscription.Dispose();

        Assert.That(await peer.ReadToEndAsync(), Is.Empty);
        Assert.That(dial.Task.IsCompleted, Is.False);
    }

    [Test]
    public void DisposalAtOnce_IsSilent()
    {
        for (var i = 0; i < 20; i++)
        {
            var dial = Ending<ILink>.Of(CreateTransport().Dial(Server.SocketAddress, MaxFrameBytes));
            dial.Subscription.Dispose();
            dial.Subscription.Dispose();
            Assert.That(dial.Task.IsCompleted, Is.False);
        }
    }

    [Test]
    public async Task DisposalAfterTheLink_LeavesTheLinkAlive()
    {
        var dial = Ending<ILink>.Of(CreateTransport().Dial(Server.SocketAddress, MaxFrameBytes));
        using var peer = await Server.AcceptWebSocketAsync();
        var link = (await dial.Task.InTime()).Values[0];
        dial.Subscription.Dispose();

        var probe = FrameProbe.On(link);
        await peer.WriteAsync(RawFrame.OfText("still here"));
        Assert.That(await probe.NextTextAsync(), Is.EqualTo("still here"));
        link.Abort();
    }

    [Test]
    public async Task DisposalWhileTheAnswerArrives_EitherGivesTheLinkOrEndsIt()
    {
        for (var i = 0; i < 50; i++)
        {
            var dial = Ending<ILink>.Of(CreateTransport().Dial(Server.SocketAddress, MaxFrameBytes));
            using var peer = await Server.AcceptAsync();
            await peer.UpgradeAsync();
            dial.Subscription.Dispose();

            // A link that was given up is gone without anybody's help; one that came first is ended here.
            var gone = peer.ReadToEndAsync();
            if (await Task.WhenAny(gone, dial.Task).InTime() != gone) (await dial.Task).Values[0].Abort();
            Assert.That(await gone, Is.Empty);
        }
    }

    [Test]
    public async Task ObserverOfTheDialThrows_ItsLinkIsAborted()
    {
        using var dial = CreateTransport().Dial(Server.SocketAddress, 1_000)
            .Subscribe(static _ => throw new InvalidOperationException("an observer's own fault"));
        using var peer = await Server.AcceptWebSocketAsync();

        Assert.That(await peer.ReadToEndAsync(), Is.Empty);
    }

    private static void AssertFailedDial(Ending<ILink> end)
    {
        Assert.That(end.Values, Is.Empty);
        Assert.That(end.Error, Is.Not.Null);
        Assert.That(end.Error!.ToString(), Does.Not.Contain(RawPeer.Ticket));
    }
}
