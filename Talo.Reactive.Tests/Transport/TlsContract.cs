using System;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Transport;

/// <summary>What every engine has to do over TLS: another stream lies under the socket, with its own ways to end.</summary>
public abstract class TlsContract
{
    private protected abstract ITransport CreateTransport(Action<ClientWebSocketOptions>? configure = null);

    private RawPeer _server = null!;
    private X509Certificate2 _certificate = null!;

    private Uri Address => new($"wss://127.0.0.1:{_server.Port}/?ticket={RawPeer.Ticket}");

    [SetUp]
    public void Start()
    {
        _server = new RawPeer();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    [TearDown]
    public void Stop()
    {
        _certificate.Dispose();
        _server.Dispose();
    }

    [Test]
    public async Task TrustedPeer_FramesGoBothWays_AndItsCloseIsAnswered()
    {
        var (link, peer) = await OpenAsync();
        using var _ = peer;
        var probe = FrameProbe.On(link);
        await link.Send("there"u8.ToArray()).EndAsync();
        Assert.That((await peer.ReadFrameAsync()).PayloadText, Is.EqualTo("there"));

        await peer.WriteAsync(RawFrame.OfText("and back"), RawFrame.OfClose(1000, "bye"));
        Assert.That(await probe.NextTextAsync(), Is.EqualTo("and back"));
        Assert.That((await peer.ReadFrameAsync()).CloseReason, Is.EqualTo("bye"));
        Assert.That((await probe.ClosureAsync()).ToString(), Is.EqualTo("1000 bye (ClosedByPeer)"));
        link.Abort();
    }

    [Test]
    public async Task AbortUnderAStalledWrite_EndsTheWriteAndTheLink()
    {
        var (link, peer) = await OpenAsync();
        using var _ = peer;
        var probe = FrameProbe.On(link);
        var send = link.Send(Encoding.ASCII.GetBytes(new string('a', 32 * 1024 * 1024))).EndAsync();
        link.Abort();

        Assert.That((await send).Error, Is.Not.Null);
        Assert.That((await probe.ClosureAsync()).End, Is.EqualTo(LinkEnd.Aborted));
    }

    [Test]
    public async Task Reset_IsLost()
    {
        var (link, peer) = await OpenAsync();
        var probe = FrameProbe.On(link);
        peer.Reset();

        Assert.That((await probe.ClosureAsync()).End, Is.EqualTo(LinkEnd.Lost));
    }

    [Test]
    public async Task CertificateOfAStranger_ErrorsWithoutTheTicket()
    {
        var dial = CreateTransport().Dial(Address, 1_000).EndAsync();
        using var peer = await _server.AcceptAsync();
        Assert.That(async () =>
        {
            await peer.SecureAsync(_certificate);
            await peer.ReadExactlyAsync(1);
        }, Throws.Exception);

        var end = await dial;
        Assert.That(end.Values, Is.Empty);
        Assert.That(end.Error!.ToString(), Does.Not.Contain(RawPeer.Ticket));
    }

    private async Task<(ILink Link, RawConnection Peer)> OpenAsync()
    {
        // The callback trusts the one certificate of this test, on the loopback.
        var transport = CreateTransport(options =>
            options.RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString() == _certificate.GetCertHashString());
        var dial = transport.Dial(Address, 100_000).EndAsync();
        var peer = await _server.AcceptAsync();
        await peer.SecureAsync(_certificate);
        await peer.UpgradeAsync();
        return ((await dial).Values[0], peer);
    }
}
