using System;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Tests.Conformance;
using static Talo.Reactive.Tests.Loopback.Server.Expected;

namespace Talo.Reactive.Tests.Loopback.Server;

[TestFixture]
public sealed class SocketTicketTests
{
    [Test]
    public async Task Ticket_IsOneUuidAndNeedsNoScope()
    {
        await using var probe = await Probe.StartAsync();
        var readOnly = probe.Talo.CreateAccessKey("read:players");

        var answer = await probe.CallAsync("POST", "/v1/socket-tickets", key: readOnly);
        var withSlash = await probe.CallAsync("POST", "/v1/socket-tickets/", body: "{}");

        Assert.That(Normal(answer.Body), Is.EqualTo("""{"ticket":"<uuid>"}"""));
        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.ContentHeaders.ToString(), Does.Contain("Content-Type: application/json; charset=utf-8"));
        Assert.That(answer.ContentHeaders.ContentLength, Is.EqualTo(49));
        Assert.That(string.Join(", ", answer.Headers.GetValues("Vary")), Is.EqualTo("Origin, Accept-Encoding"));
        Assert.That(answer.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "*" }));
        Assert.That(answer.Headers.Date, Is.EqualTo(Start.AddMilliseconds(-250)));
        Assert.That(withSlash.Status, Is.EqualTo(200));
    }

    [TestCase(null, """{"message":"Authentication Error"}""")]
    [TestCase("Bearer garbage", """{"message":"Please provide a valid token in the Authorization header"}""")]
    [TestCase("bearer {key}", """{"message":"Please provide a valid token in the Authorization header"}""")]
    [TestCase("Bearer {key}x", """{"message":"Please provide a valid token in the Authorization header"}""")]
    [TestCase("Basic {key}", """{"message":"Bad Authorization header format. Format is \"Authorization: Bearer <token>\""}""")]
    [TestCase("Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOjk5OTksImFwaSI6dHJ1ZX0.c2ln", """{"message":"Unauthorized"}""")]
    public async Task BadAuthorization_Is401(string? header, string body)
    {
        await using var probe = await Probe.StartAsync();

        var answer = header is null
            ? await probe.CallAsync("POST", "/v1/socket-tickets", key: "")
            : await probe.CallAsync(
                "POST", "/v1/socket-tickets", key: "", headers: ("Authorization", header.Replace("{key}", probe.Talo.AccessKey, StringComparison.Ordinal)));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((401, body)));
    }

    [TestCase("/")]
    [TestCase("/socket")]
    [TestCase("/socket/")]
    [TestCase("/v1/anything")]
    public async Task AnyPathWithATicket_IsConnectedAndEchoesTheClose(string path)
    {
        await using var probe = await Probe.StartAsync();
        var socket = await probe.DialAsync($"{path}?a=b&ticket={await probe.TicketAsync()}&ticket=other");

        Assert.That(await socket.NextAsync(), Is.EqualTo(Connected));

        await socket.CloseAsync(4000, "custom");
        Assert.That(await socket.NextAsync(), Is.EqualTo("CLOSED 4000 custom"));
    }

    [TestCase("/socket")]
    [TestCase("/socket?ticket=")]
    [TestCase("/socket?ticket=a0369e29-07d4-43e8-a259-7ed9fb13108b")]
    [TestCase("/socket?Ticket={ticket}")]
    [TestCase("/socket?ticket={TICKET}")]
    [TestCase("/socket?ticket=%20{ticket}")]
    public async Task BadTicket_IsClosedWith3000AndNoFrame(string target)
    {
        await using var probe = await Probe.StartAsync();
        var ticket = await probe.TicketAsync();
        // One of digits only is the same in upper case.
        while (!ticket.Any(char.IsAsciiLetterLower))
            ticket = await probe.TicketAsync();
        var socket = await probe.DialAsync(target
            .Replace("{ticket}", ticket, StringComparison.Ordinal)
            .Replace("{TICKET}", ticket.ToUpperInvariant(), StringComparison.Ordinal));

        Assert.That(await socket.NextAsync(), Is.EqualTo("CLOSED 3000"));
    }

    [Test]
    public async Task UsedTicket_IsClosedWith3000AndTheFirstConnectionStays()
    {
        await using var probe = await Probe.StartAsync();
        var ticket = await probe.TicketAsync();
        var first = await probe.DialAsync($"/?ticket={ticket}");
        await first.NextAsync();

        var second = await probe.DialAsync($"/?ticket={ticket}");

        Assert.That(await second.NextAsync(), Is.EqualTo("CLOSED 3000"));
        Assert.That(await first.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
    }

    [TestCase(299, Connected)]
    [TestCase(300, "CLOSED 3000")]
    public async Task Ticket_ExpiresAfter300Seconds(int seconds, string first)
    {
        await using var probe = await Probe.StartAsync();
        var ticket = await probe.TicketAsync();

        probe.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.That(await (await probe.DialAsync($"/?ticket={ticket}")).NextAsync(), Is.EqualTo(first));
    }

    [Test]
    public async Task RevokedKey_LosesItsSocketsTicketsAndCalls()
    {
        await using var probe = await Probe.StartAsync();
        var key = probe.Talo.CreateAccessKey();
        var ticket = await probe.TicketAsync(key);
        var open = await probe.ConnectAsync(key);

        probe.Talo.RevokeAccessKey(key);

        Assert.That(await open.NextAsync(), Is.EqualTo("CLOSED 3000"));
        Assert.That(await (await probe.DialAsync($"/?ticket={ticket}")).NextAsync(), Is.EqualTo("CLOSED 3000"));
        var answer = await probe.CallAsync("POST", "/v1/socket-tickets", key: key);
        Assert.That((answer.Status, answer.Body), Is.EqualTo((401, """{"message":"Please provide a valid token in the Authorization header"}""")));
    }

    [Test]
    public async Task Subprotocols_TheFirstIsEchoed()
    {
        await using var probe = await Probe.StartAsync();

        var socket = await probe.DialAsync($"/?ticket={await probe.TicketAsync()}", "talo.v1", "x");

        Assert.That(socket.Raw.SubProtocol, Is.EqualTo("talo.v1"));
        Assert.That(await socket.NextAsync(), Is.EqualTo(Connected));
    }

    [Test]
    public async Task FramesBeforeConnected_AreDropped()
    {
        await using var probe = await Probe.StartAsync(clock => new() { Clock = clock, CheckLatency = TimeSpan.FromMilliseconds(200) });
        using var socket = await RawSocket.DialAsync(
            probe.Talo.SocketUrl.AbsoluteUri.TrimEnd('/'), $"/?ticket={await probe.TicketAsync()}",
            afterHead: [.. RawSocket.Frame(1, "v1.heartbeat"u8), .. RawSocket.Frame(1, """{"req":"v1.nope","data":{}}"""u8)]);

        Assert.That(await socket.NextAsync(), Is.EqualTo(Connected));
        await socket.SendAsync(9, "still there"u8.ToArray());
        Assert.That(await socket.NextAsync(), Is.EqualTo("pong still there"));
    }
}
