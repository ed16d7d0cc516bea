using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Transport;

public abstract partial class TransportContract
{
    [TestCase(1000, "bye")]
    [TestCase(1001, "going away")]
    [TestCase(1008, "RATE_LIMIT_EXCEEDED")]
    [TestCase(1011, "")]
    [TestCase(3000, "")]
    [TestCase(4999, "grund: größe")]
    public async Task PeerCloses_ItIsAnswered_AndTheClosureTells(int code, string reason)
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(RawFrame.OfText("last words"), RawFrame.OfClose(code, reason));
        var answer = await open.Peer.ReadFrameAsync();
        open.Peer.Dispose();

        Assert.That((answer.Opcode, answer.CloseCode), Is.EqualTo((RawFrame.Close, code)));
        Assert.That(await probe.NextTextAsync(), Is.EqualTo("last words"));
        AssertClosure(await probe.ClosureAsync(), LinkEnd.ClosedByPeer, code, reason);
    }

    // ClientWebSocket, on which both engines stand, tells no difference between an empty close frame and one with 1000 and no reason.
    private const int CodeOfAnEmptyCloseFrame = 1000;

    [Test]
    public async Task PeerClosesWithoutACode_TheClosureTells()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(new RawFrame(RawFrame.Close, []).Encode());

        Assert.That((await open.Peer.ReadFrameAsync()).Opcode, Is.EqualTo(RawFrame.Close));
        open.Peer.Dispose();
        AssertClosure(await probe.ClosureAsync(), LinkEnd.ClosedByPeer, CodeOfAnEmptyCloseFrame, "");
    }

    [Test]
    public async Task PeerClosesRightAfterTheHandshake_TheClosureTells()
    {
        var dial = CreateTransport().Dial(Server.SocketAddress, MaxFrameBytes).EndAsync();
        using var peer = await Server.AcceptAsync();
        await peer.UpgradeAsync();
        await peer.WriteAsync(RawFrame.OfClose(3000));
        peer.HangUp();
        var link = (await dial).Values[0];

        AssertClosure(await FrameProbe.On(link).ClosureAsync(), LinkEnd.ClosedByPeer, 3000, "");
        link.Abort();
    }

    [Test]
    public async Task PeerClosesButKeepsTheConnection_TheFramesCompleteAllTheSame()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(RawFrame.OfClose(1000, "but I stay"));

        AssertClosure(await probe.ClosureAsync(), LinkEnd.ClosedByPeer, 1000, "but I stay");
    }

    [Test]
    public async Task Close_WritesCodeAndReason_WithoutWaitingForTheAnswer()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        Assert.That((await open.Link.Close(4001, "größe").EndAsync()).Error, Is.Null);
        var frame = await open.Peer.ReadFrameAsync();

        Assert.That((frame.Opcode, frame.IsMasked, frame.CloseCode, frame.CloseReason), Is.EqualTo((RawFrame.Close, true, 4001, "größe")));
        Assert.That(probe.Completed.IsCompleted, Is.False);
        Assert.That(open.Link.Closure, Is.Null);
    }

    [Test]
    public async Task PeerAnswersOurClose_TheFramesComplete()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Link.Close(1000, "bye").EndAsync();
        await open.Peer.ReadFrameAsync();
        await open.Peer.WriteAsync(RawFrame.OfText("in flight"), RawFrame.OfClose(1000, "bye"));
        open.Peer.HangUp();

        Assert.That(await probe.NextTextAsync(), Is.EqualTo("in flight"));
        AssertClosure(await probe.ClosureAsync(), LinkEnd.ClosedHere, 1000, "bye");
    }

    [Test]
    public async Task PeerIsSilentAfterOurClose_TheAbortEndsTheWait()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Link.Close(1000, "bye").EndAsync();
        await open.Peer.ReadFrameAsync();
        Assert.That(probe.Completed.IsCompleted, Is.False);

        open.Link.Abort();
        AssertClosure(await probe.ClosureAsync(), LinkEnd.ClosedHere, LinkClosure.AbnormalClosure, "");
    }

    [Test]
    public async Task PeerHangsUpAfterOurClose_TheClosureIsOurs()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Link.Close(1000, "bye").EndAsync();
        await open.Peer.ReadFrameAsync();
        open.Peer.Dispose();

        AssertClosure(await probe.ClosureAsync(), LinkEnd.ClosedHere, LinkClosure.AbnormalClosure, "");
    }

    [Test]
    public async Task CloseOfALinkThatHasEnded_Completes()
    {
        using var open = await OpenAsync();
        open.Link.Abort();

        Assert.That((await open.Link.Close(1000, "").EndAsync()).Error, Is.Null);
    }

    [Test]
    public async Task SecondClose_CompletesAndWritesNothing()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Link.Close(1000, "first").EndAsync();
        Assert.That((await open.Link.Close(1000, "second").EndAsync()).Error, Is.Null);
        Assert.That((await open.Peer.ReadFrameAsync()).CloseReason, Is.EqualTo("first"));
        open.Link.Abort();

        Assert.That(await open.Peer.ReadToEndAsync(), Is.Empty);
        await probe.ClosureAsync();
    }

    [Test]
    public async Task SendAfterClose_Errors()
    {
        using var open = await OpenAsync();
        await open.Link.Close(1000, "").EndAsync();

        Assert.That((await open.Link.Send("late"u8.ToArray()).EndAsync()).Error, Is.Not.Null);
    }

    private static void AssertClosure(LinkClosure closure, LinkEnd end, int code, string reason) =>
        Assert.That((closure.End, closure.Code, closure.Reason), Is.EqualTo((end, code, reason)));
}
