using System;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class ConnectConformance : ConformanceTests
{
    [TestCase("/", 1000, "bye", "CLOSED 1000 bye")]
    [TestCase("/socket/", 4000, "custom", "CLOSED 4000 custom")]
    [TestCase("/v1/anything", 1000, null, "CLOSED 1000")]
    public async Task AnyPathWithATicket_IsConnectedAndEchoesTheClose(string path, int code, string? reason, string closed)
    {
        var socket = await Suite.DialAsync($"{path}?ticket={await TicketAsync()}");

        await socket.ExpectAsync(TestSocket.Connected);
        Assert.That(await socket.CloseAsync(code, reason), Is.EqualTo(closed));
    }

    [Test]
    public async Task CloseWithoutACode_IsEchoedWithoutOne()
    {
        using var socket = await ConnectRawAsync();

        await socket.SendAsync(8, []);

        Assert.That(await socket.NextAsync(), Is.EqualTo("close"));
    }

    [TestCase("/socket")]
    [TestCase("/socket?ticket=")]
    [TestCase("/socket?ticket=a0369e29-07d4-43e8-a259-7ed9fb13108b")]
    public async Task WithoutAKnownTicket_IsClosedWith3000AndNoFrame(string target)
    {
        var socket = await Suite.DialAsync(target);

        await socket.ExpectAsync("CLOSED 3000");
    }

    [Test]
    public async Task MessageAtOpenWithAnUnknownTicket_IsNotAnswered()
    {
        using var socket = await RawSocket.DialAsync(Server.SocketUrl, "/socket?ticket=9b84b1cb-2d4d-4995-9009-cb094e0b257d");

        await socket.SendAsync(1, """{"req":"v1.players.identify","data":{}}"""u8.ToArray());

        Assert.That(await socket.NextAsync(), Is.EqualTo("close 3000"));
    }

    [Test]
    public async Task TicketInUpperCase_IsUnknown()
    {
        var ticket = await TicketAsync();
        // One of digits only is the same in upper case.
        while (!ticket.Any(char.IsAsciiLetterLower))
            ticket = await TicketAsync();
        var socket = await Suite.DialAsync($"/socket?ticket={ticket.ToUpperInvariant()}");

        await socket.ExpectAsync("CLOSED 3000");
    }

    [Test]
    public async Task UsedTicket_IsClosedWith3000AndTheFirstConnectionStays()
    {
        var ticket = await TicketAsync();
        var first = await Suite.DialAsync($"/socket?ticket={ticket}");
        await first.ExpectAsync(TestSocket.Connected);

        var second = await Suite.DialAsync($"/socket?ticket={ticket}");
        await second.ExpectAsync("CLOSED 3000");
        await first.SendAsync(TestSocket.Heartbeat);
        await first.ExpectAsync(TestSocket.Heartbeat);

        await first.CloseAsync();
        var third = await Suite.DialAsync($"/socket?ticket={ticket}");
        await third.ExpectAsync("CLOSED 3000");
    }

    [Test]
    public async Task RaceForOneTicket_HasAWinnerAndEveryLoserIsClosed()
    {
        var ticket = await TicketAsync();

        var racers = await Task.WhenAll(
            Suite.DialAsync($"/socket?ticket={ticket}"),
            Suite.DialAsync($"/socket?ticket={ticket}"),
            Suite.DialAsync($"/socket?ticket={ticket}"));

        string[] firsts = [await racers[0].NextAsync(), await racers[1].NextAsync(), await racers[2].NextAsync()];
        Assert.That(firsts, Has.All.AnyOf(TestSocket.Connected, "CLOSED 3000"));
        Assert.That(firsts, Does.Contain(TestSocket.Connected));
    }

    [Test]
    public async Task Ticket_IsValidFor300Seconds()
    {
        OwnerOrIgnore("300 s would have to pass");
        var (used, expired) = (await TicketAsync(), await TicketAsync());

        await LetTimePassAsync(TimeSpan.FromSeconds(299));
        var inTime = await Suite.DialAsync($"/?ticket={used}");
        await inTime.ExpectAsync(TestSocket.Connected);
        await LetTimePassAsync(TimeSpan.FromSeconds(1));
        var late = await Suite.DialAsync($"/?ticket={expired}");

        await late.ExpectAsync("CLOSED 3000");
    }

    [Test]
    public async Task RevokedKey_ClosesItsSocketsVoidsItsTicketsAndIs401()
    {
        var talo = OwnerOrIgnore("access keys are revoked in the dashboard");
        var key = talo.CreateAccessKey();
        var unused = await Suite.TicketAsync(key);
        var open = await ConnectAsync(key);

        talo.RevokeAccessKey(key);

        await open.ExpectAsync("CLOSED 3000");
        var late = await Suite.DialAsync($"/socket?ticket={unused}");
        await late.ExpectAsync("CLOSED 3000");
        (await BareCallAsync("POST", "/v1/socket-tickets", null, ("authorization", $"Bearer {key}")))
            .Expect(401, """{"message":"Please provide a valid token in the Authorization header"}""");
    }

    [TestCase("/socket")]
    [TestCase("/")]
    public async Task PlainGet_IsAnHttpCallWithoutAKey(string path)
    {
        (await BareCallAsync("GET", path)).Expect(401, """{"message":"Authentication Error"}""");
    }

    [Test]
    public async Task FirstSubprotocolOffered_IsEchoedAndNoExtension()
    {
        using var socket = await RawSocket.DialAsync(
            Server.SocketUrl, $"/socket?ticket={await TicketAsync()}",
            "Sec-WebSocket-Protocol: talo.v1,x\r\nSec-WebSocket-Extensions: permessage-deflate\r\n");

        Assert.That(socket.Head, Does.StartWith("HTTP/1.1 101 Switching Protocols\r\n"));
        Assert.That(socket.Head, Does.Contain("Sec-WebSocket-Protocol: talo.v1\r\n").IgnoreCase);
        Assert.That(socket.Head, Does.Not.Contain("Sec-WebSocket-Extensions").IgnoreCase);
        Assert.That(await socket.NextAsync(), Is.EqualTo(TestSocket.Connected));
    }

    [Test]
    public async Task FramesBeforeConnected_AreDroppedWithoutAWord()
    {
        // A server with no core to spare may come to read them after it has sent v1.connected, but not every time.
        var next = "";
        for (var tries = 0; tries < 5 && next != "pong still there"; tries++)
        {
            using var socket = await RawSocket.DialAsync(
                Server.SocketUrl, $"/socket?ticket={await TicketAsync()}",
                afterHead: [.. RawSocket.Frame(1, "v1.heartbeat"u8), .. RawSocket.Frame(1, """{"req":"v1.nope","data":{}}"""u8)]);

            Assert.That(await socket.NextAsync(), Is.EqualTo(TestSocket.Connected));
            await socket.SendAsync(9, "still there"u8.ToArray());
            next = await socket.NextAsync();
        }
        Assert.That(next, Is.EqualTo("pong still there"));
    }

    private static Task<string> TicketAsync() => Suite.TicketAsync(Server.Game.AccessKey);
}
