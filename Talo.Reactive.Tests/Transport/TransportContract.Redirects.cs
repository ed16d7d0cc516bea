using System;
using System.Net;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Transport;

public abstract partial class TransportContract
{
    private const string Elsewhere = "somewhere-else";

    [TestCase(300)]
    [TestCase(301)]
    [TestCase(302)]
    [TestCase(303)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task UpgradeAnsweredByARedirect_IsNotFollowed_AndTheErrorNamesTheStatus(int status)
    {
        using var other = new RawPeer();
        var dial = CreateTransport().Dial(Server.SocketAddress, MaxFrameBytes).EndAsync();
        using var peer = await Server.AcceptAsync();
        await peer.ReadHeadAsync();
        await peer.WriteAsync(Redirect(status, other.Port));

        var end = await dial;
        AssertNotFollowed(end, status, other);
        Assert.That(end.Error!.Message, Does.Contain("not followed").And.Contain("SocketUrl"));
    }

    [Test]
    public async Task RedirectToItself_IsDialledOnce()
    {
        var dial = CreateTransport().Dial(Server.SocketAddress, MaxFrameBytes).EndAsync();
        using var peer = await Server.AcceptAsync();
        await peer.ReadHeadAsync();
        await peer.WriteAsync(Redirect(302, Server.Port));

        AssertNotFollowed(await dial, 302, Server);
        Assert.That(await peer.ReadToEndAsync(), Is.Empty);
    }

    [TestCase("cookies")]
    [TestCase("credentials")]
    [TestCase("certificate check")]
    [TestCase("header")]
    public async Task RedirectOfASocketWithAGamesOwnSettings_IsNotFollowed(string setting)
    {
        using var other = new RawPeer();
        var transport = CreateTransport(options =>
        {
            if (setting == "cookies") options.Cookies = CookiesFor(Server);
            else if (setting == "credentials") options.Credentials = new NetworkCredential("game", "word");
            else if (setting == "certificate check") options.RemoteCertificateValidationCallback = static (_, _, _, _) => false;
            else options.SetRequestHeader("x-game", "own");
        });
        var dial = transport.Dial(Server.SocketAddress, MaxFrameBytes).EndAsync();
        using var peer = await Server.AcceptAsync();
        var head = await peer.ReadHeadAsync();
        await peer.WriteAsync(Redirect(307, other.Port));

        AssertNotFollowed(await dial, 307, other);
        if (setting == "cookies") Assert.That(head, Does.Contain("Cookie: a=b"));
        if (setting == "header") Assert.That(head, Does.Contain("x-game: own"));
    }

    [Test]
    public async Task GamesOwnCookies_AreShown_AndTakeTheServers()
    {
        var cookies = CookiesFor(Server);
        var dial = CreateTransport(options => options.Cookies = cookies).Dial(Server.SocketAddress, MaxFrameBytes).EndAsync();
        using var peer = await Server.AcceptAsync();
        var head = await peer.UpgradeAsync("Set-Cookie: c=d\r\n");
        (await dial).Values[0].Abort();

        Assert.That(head, Does.Contain("Cookie: a=b"));
        Assert.That(cookies.GetCookieHeader(new Uri($"http://127.0.0.1:{Server.Port}")), Does.Contain("c=d"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task RedirectThroughAProxy_OrOfTheProxy_IsNotFollowed(bool isOfTheProxy)
    {
        using var other = new RawPeer();
        using var target = new RawPeer();
        var dial = ThroughProxy().Dial(target.SocketAddress, MaxFrameBytes).EndAsync();
        using var proxy = await Server.AcceptAsync();
        Assert.That(await proxy.ReadHeadAsync(), Does.StartWith($"CONNECT 127.0.0.1:{target.Port} "));
        if (!isOfTheProxy)
        {
            await proxy.WriteAsync("HTTP/1.1 200 OK\r\n\r\n");
            await proxy.ReadHeadAsync();
        }

        await proxy.WriteAsync(Redirect(302, other.Port));

        AssertNotFollowed(await dial, 302, other);
        Assert.That(target.HasCaller, Is.False);
    }

    [Test]
    public async Task GamesOwnProxy_IsDialledThrough()
    {
        using var target = new RawPeer();
        var dial = ThroughProxy().Dial(target.SocketAddress, MaxFrameBytes).EndAsync();
        using var proxy = await Server.AcceptAsync();
        await proxy.ReadHeadAsync();
        await proxy.WriteAsync("HTTP/1.1 200 OK\r\n\r\n");
        await proxy.UpgradeAsync();
        var link = (await dial).Values[0];
        var probe = FrameProbe.On(link);
        await proxy.WriteAsync(RawFrame.OfText("through"));

        Assert.That(await probe.NextTextAsync(), Is.EqualTo("through"));
        Assert.That(target.HasCaller, Is.False);
        link.Abort();
    }

    private ITransport ThroughProxy() => CreateTransport(options => options.Proxy = new WebProxy($"http://127.0.0.1:{Server.Port}") { BypassProxyOnLocal = false });

    private static CookieContainer CookiesFor(RawPeer server)
    {
        var cookies = new CookieContainer();
        cookies.Add(new Uri($"http://127.0.0.1:{server.Port}"), new Cookie("a", "b"));
        return cookies;
    }

    private static string Redirect(int status, int port) =>
        $"HTTP/1.1 {status} Elsewhere\r\nLocation: http://127.0.0.1:{port}/{Elsewhere}?ticket={RawPeer.Ticket}\r\nContent-Length: 0\r\n\r\n";

    private static void AssertNotFollowed(Ending<ILink> end, int status, RawPeer to)
    {
        AssertFailedDial(end);
        Assert.That(end.Error!.Message, Does.Contain($"{status}"));
        Assert.That(end.Error.ToString(), Does.Not.Contain(Elsewhere));
        Assert.That(to.HasCaller, Is.False);
    }
}
