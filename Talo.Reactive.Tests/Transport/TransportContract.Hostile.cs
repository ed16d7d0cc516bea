using System.Linq;
using System.Text;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Transport;

public abstract partial class TransportContract
{
    private const int Most = 64 * 1024 * 1024;

    [TestCase("HTTP/1.1 101 Switching Protocols\r\n", "X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n")]
    [TestCase("HTTP/1.1 101 Switching Protocols\r\nX-Long: ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [TestCase("", "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n")]
    [TestCase("HTTP/1.1 302 Found\r\nLocation: /\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n")]
    public async Task AnswerWithoutEnd_FailsTheDial(string head, string again)
    {
        var dial = CreateTransport().Dial(Server.SocketAddress, MaxFrameBytes).EndAsync();
        using var peer = await Server.AcceptAsync();
        await peer.ReadHeadAsync();
        await peer.WriteAsync(head);
        var taken = await peer.WriteUntilRefusedAsync(Repeated(again), Most);

        AssertFailedDial(await dial);
        Assert.That(taken, Is.LessThan(Most));
    }

    [Test]
    public async Task AnswerThatRepeatsTheTicket_IsNotQuoted()
    {
        var dial = CreateTransport().Dial(Server.SocketAddress, MaxFrameBytes).EndAsync();
        using var peer = await Server.AcceptAsync();
        await peer.UpgradeAsync($"Sec-WebSocket-Protocol: {RawPeer.Ticket}\r\n");

        AssertFailedDial(await dial);
    }

    [Test]
    public async Task HandshakeAndFrameByteByByte_AreTaken()
    {
        var dial = CreateTransport().Dial(Server.SocketAddress, MaxFrameBytes).EndAsync();
        using var peer = await Server.AcceptAsync();
        await peer.UpgradeByteByByteAsync();
        var link = (await dial).Values[0];
        var probe = FrameProbe.On(link);
        foreach (var one in RawFrame.OfText("trickled")) await peer.WriteAsync([one]);

        Assert.That(await probe.NextTextAsync(), Is.EqualTo("trickled"));
        link.Abort();
    }

    [Test]
    public async Task EmptyFragmentsWithoutEnd_EndWithTheAbort()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(new RawFrame(RawFrame.Text, [], IsFinal: false).Encode());
        var many = Enumerable.Repeat(new RawFrame(RawFrame.Continuation, [], IsFinal: false).Encode(), 10_000).SelectMany(static x => x).ToArray();
        for (var i = 0; i < 20; i++) await open.Peer.WriteAsync(many);
        open.Link.Abort();

        await open.Peer.WriteUntilRefusedAsync(many, long.MaxValue);
        Assert.That((await probe.ClosureAsync()).End, Is.EqualTo(LinkEnd.Aborted));
        Assert.That(probe.Count, Is.Zero);
    }

    [Test]
    public async Task FramesWithoutEndAfterOurClose_EndWithTheAbort()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Link.Close(1000, "bye").EndAsync();
        Assert.That((await open.Peer.ReadFrameAsync()).CloseCode, Is.EqualTo(1000));
        var many = Enumerable.Repeat(RawFrame.OfText("still here"), 1_000).SelectMany(static x => x).ToArray();
        await open.Peer.WriteAsync(many);
        await probe.NextAsync();
        open.Link.Abort();

        await open.Peer.WriteUntilRefusedAsync(many, long.MaxValue);
        Assert.That((await probe.ClosureAsync()).End, Is.EqualTo(LinkEnd.ClosedHere));
    }

    [Test]
    public async Task FramesAfterThePeersClose_AreNotGiven()
    {
        using var open = await OpenAsync();
        var probe = FrameProbe.On(open.Link);
        await open.Peer.WriteAsync(RawFrame.OfText("before"), RawFrame.OfClose(1001), RawFrame.OfText("after"), RawFrame.OfClose(1002));

        Assert.That(await probe.NextTextAsync(), Is.EqualTo("before"));
        Assert.That((await probe.ClosureAsync()).Code, Is.EqualTo(1001));
        Assert.That(probe.Count, Is.EqualTo(1));
    }

    private static byte[] Repeated(string text) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, 1_000)));
}
