using System;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Loopback;
using static Talo.Reactive.Tests.Loopback.Server.Expected;

namespace Talo.Reactive.Tests.Loopback.Server;

[TestFixture]
public sealed class FaultTests
{
    [Test]
    public async Task DropAll_LooksLikeALossToEveryClient()
    {
        await using var probe = await Probe.StartAsync();
        var ada = await probe.ConnectAsAsync("ada");
        var stranger = await probe.ConnectAsync();

        Assert.That(probe.Talo.Faults.DropAll(), Is.EqualTo(2));

        Assert.That(await ada.NextAsync(), Is.EqualTo("CLOSED 1006"));
        Assert.That(await stranger.NextAsync(), Is.EqualTo("CLOSED 1006"));
        await probe.Talo.WhenAsync(talo => talo.Connections.Count == 0).InTime();
    }

    [Test]
    public async Task Drop_IsForOneAliasAndTheOthersSeeItOffline()
    {
        await using var probe = await Probe.StartAsync();
        var ada = await probe.ConnectAsAsync("ada");
        var grace = await probe.ConnectAsAsync("grace");

        Assert.That(probe.Talo.Faults.Drop(ada.Alias), Is.EqualTo(1));

        Assert.That(await grace.NextAsync(), Does.Contain("\"identifier\":\"ada\"").And.Contain("\"online\":false"));
        Assert.That(probe.Talo.Connections.Select(connection => connection.AliasId), Is.EqualTo(new int?[] { grace.Alias }));
    }

    [Test]
    public async Task CloseAll_ClosesWithCodeAndReason()
    {
        await using var probe = await Probe.StartAsync();
        var socket = await probe.ConnectAsync();

        probe.Talo.Faults.CloseAll(1011, "going down");

        Assert.That(await socket.NextAsync(), Is.EqualTo("CLOSED 1011 going down"));
    }

    [Test]
    public async Task StopAnswering_HoldsEverythingBackUntilItIsOver()
    {
        await using var probe = await Probe.StartAsync();
        var ada = await probe.ConnectAsAsync("ada");
        var channel = await probe.CreateChannelAsync(ada, """{"name":"harbour"}""");

        var silence = probe.Talo.Faults.StopAnswering();
        await ada.SendAsync(Message(channel, "into the void"));
        var late = await probe.DialAsync($"/?ticket={await probe.TicketAsync()}");
        var answers = Task.WhenAll(ada.NextAsync(), late.NextAsync());
        // Two full HTTP calls later the frames have long arrived; they are not answered.
        await probe.CallAsync("GET", "/v1/game-channels");
        probe.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.That(answers.IsCompleted, Is.False);

        silence.Dispose();

        var got = await answers.InTime();
        Assert.That(got[0], Does.Contain("into the void"));
        Assert.That(got[1], Is.EqualTo(Connected));
    }

    [Test]
    public async Task StopAnsweringOneAlias_LeavesTheOthersAlone()
    {
        await using var probe = await Probe.StartAsync();
        var ada = await probe.ConnectAsAsync("ada");
        var grace = await probe.ConnectAsAsync("grace");
        await ada.NextAsync();

        using (probe.Talo.Faults.StopAnswering(ada.Alias))
        {
            await ada.SendAsync("v1.heartbeat");
            Assert.That(await grace.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
            Assert.That(probe.Talo.Faults.Drop(ada.Alias), Is.EqualTo(1));
        }

        Assert.That(await ada.NextAsync(), Is.EqualTo("CLOSED 1006"));
    }

    [Test]
    public async Task RefuseHttp_AnswersInTheRoutesPlace()
    {
        await using var probe = await Probe.StartAsync();

        using (probe.Talo.Faults.RefuseHttp("/v1/socket-tickets", 503, "<html>", TimeSpan.FromSeconds(7)))
        {
            var refused = await probe.CallAsync("POST", "/v1/socket-tickets");
            Assert.That((refused.Status, refused.Body), Is.EqualTo((503, "<html>")));
            Assert.That(refused.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(7)));
            Assert.That((await probe.CallAsync("GET", "/v1/game-channels")).Status, Is.EqualTo(200));
        }

        Assert.That((await probe.CallAsync("POST", "/v1/socket-tickets")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task RefuseHttp_RefusesHandshakesTooWhenThePrefixCoversThem()
    {
        await using var probe = await Probe.StartAsync();
        var ticket = await probe.TicketAsync();
        probe.Talo.Faults.RefuseHttp("/", 502);

        Assert.That(() => probe.DialAsync($"/?ticket={ticket}"), Throws.InstanceOf<WebSocketException>());

        probe.Talo.Faults.Clear();
        Assert.That(await (await probe.DialAsync($"/?ticket={ticket}")).NextAsync(), Is.EqualTo(Connected));
    }

    [TestCase(429, """{"message":"Too Many Requests"}""", "60")]
    [TestCase(500, """{"message":"Something went wrong, please try again later"}""", null)]
    [TestCase(503, """{"message":"Something went wrong, please try again later"}""", null)]
    public async Task RefuseHttpWithoutABody_AnswersAsTaloDoes(int status, string body, string? retryAfter)
    {
        await using var probe = await Probe.StartAsync();
        using var refusal = probe.Talo.Faults.RefuseHttp("/v1/game-channels", status, method: "GET");

        var refused = await probe.CallAsync("GET", "/v1/game-channels");
        var spared = await probe.CallAsync("POST", "/v1/game-channels", "{}", (await probe.IdentifyAsync("ada")).Alias);

        Assert.That((refused.Status, refused.Body), Is.EqualTo((status, body)));
        Assert.That(refused.Headers.RetryAfter?.ToString(), Is.EqualTo(retryAfter));
        Assert.That(spared.Status, Is.EqualTo(400));
    }

    [Test]
    public async Task CloseOfOneConnection_LeavesTheOthersOfItsAliasOpen()
    {
        await using var probe = await Probe.StartAsync();
        var first = await probe.ConnectAsAsync("ada");
        var second = await probe.ConnectAsAsync("ada");
        await first.NextAsync();

        Assert.That(probe.Talo.Faults.Close(probe.Talo.Connections[0], 4001, "you"), Is.EqualTo(1));

        Assert.That(await first.NextAsync(), Is.EqualTo("CLOSED 4001 you"));
        await first.CloseAsync(4001);
        Assert.That(await second.NextAsync(), Does.StartWith("""{"res":"v1.players.presence.updated",""").And.Contain("\"online\":false"));
        Assert.That(await second.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
        Assert.That(() => probe.Talo.Faults.CloseAll(1006), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task DelayFrames_BringsEveryFrameLaterAndInOrder()
    {
        await using var probe = await Probe.StartAsync();
        var ada = await probe.ConnectAsync();
        var grace = await probe.ConnectAsync();

        using (probe.Talo.Faults.DelayFrames(
            TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(50), probe.Talo.Connections[0], seed: 1))
        {
            await ada.SendAsync("v1.heartbeat");
            await ada.SendAsync("nonsense");
            Assert.That(await grace.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
            var first = ada.NextAsync();
            for (var ms = 0; ms < 100; ms += 33)
            {
                Assert.That(first.IsCompleted, Is.False);
                probe.Clock.Advance(TimeSpan.FromMilliseconds(33));
                await grace.NothingButHeartbeatAsync();
            }
            while (!first.IsCompleted)
            {
                // The frame may have been queued only after the clock was moved.
                probe.Clock.Advance(TimeSpan.FromMilliseconds(33));
                await Task.WhenAny(first, grace.NothingButHeartbeatAsync());
            }
            Assert.That(await first, Is.EqualTo("v1.heartbeat"));
        }

        Assert.That(await ada.NextAsync(), Does.Contain("ROUTING_ERROR"));
    }

    [Test]
    public async Task DelayHttp_HoldsACallBackUntilTheClockMoves()
    {
        await using var probe = await Probe.StartAsync();
        using var delay = probe.Talo.Faults.DelayHttp("/v1/socket-tickets", TimeSpan.FromSeconds(5));

        var held = probe.CallAsync("POST", "/v1/socket-tickets");
        Assert.That((await probe.CallAsync("GET", "/v1/game-channels")).Status, Is.EqualTo(200));
        Assert.That(held.IsCompleted, Is.False);
        while (!held.IsCompleted)
        {
            // The call may still be on its way to the server when the clock is moved.
            probe.Clock.Advance(TimeSpan.FromSeconds(5));
            await Task.WhenAny(held, probe.CallAsync("GET", "/v1/health-check"));
        }

        Assert.That((await held).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task GarbleNextFrame_CutsOneMessage()
    {
        await using var probe = await Probe.StartAsync();
        var socket = await probe.ConnectAsync();
        await socket.SendAsync("nonsense");
        var whole = await socket.NextAsync();

        probe.Talo.Faults.GarbleNextFrame();
        await socket.SendAsync("nonsense");
        await socket.SendAsync("nonsense");

        Assert.That(await socket.NextAsync(), Is.EqualTo(whole[..(whole.Length / 2)]));
        Assert.That(await socket.NextAsync(), Is.EqualTo(whole));
    }

    [Test]
    public async Task Restart_DropsSocketsAndTicketsAndKeepsPlayersTokensAndPresence()
    {
        await using var probe = await Probe.StartAsync();
        var ada = await probe.ConnectAsAsync("ada");
        await probe.CallAsync("PUT", "/v1/players/presence", """{"customStatus":"before restart"}""", ada.Alias);
        await ada.NextAsync();
        var ticket = await probe.TicketAsync();
        var url = probe.Talo.ApiUrl;

        await probe.Talo.RestartAsync();

        Assert.That(probe.Talo.ApiUrl, Is.EqualTo(url));
        Assert.That(await ada.NextAsync(), Is.EqualTo("CLOSED 1006"));
        Assert.That((await probe.CallAsync("GET", $"/v1/players/presence/{ada.Player}")).Body, Does.Contain("\"online\":true,\"customStatus\":\"before restart\""));
        Assert.That(await (await probe.DialAsync($"/?ticket={ticket}")).NextAsync(), Is.EqualTo("CLOSED 3000"));
        var again = await probe.ConnectAsync();
        await again.SendAsync(Identify(ada.Alias, ada.Token));
        Assert.That(await again.NextAsync(), Does.Contain("\"meta\":{\"onlineChanged\":false,\"customStatusChanged\":true}"));
    }

    [Test]
    public async Task Suspended_RefusesConnectionsUntilItResumes()
    {
        await using var probe = await Probe.StartAsync();

        await probe.Talo.SuspendAsync();
        Assert.That(() => probe.CallAsync("GET", "/public/health"), Throws.InstanceOf<HttpRequestException>()
            .With.InnerException.InstanceOf<SocketException>());
        await probe.Talo.ResumeAsync();

        Assert.That((await probe.CallAsync("GET", "/public/health")).Status, Is.EqualTo(204));
    }

    [Test]
    public async Task ClientThatDoesNotRead_IsDroppedAndHarmsNobody()
    {
        await using var probe = await Probe.StartAsync(clock => new()
        {
            Clock = clock,
            HttpAuthLimit = null,
            CheckLatency = TimeSpan.Zero,
            MaxQueuedBytes = 2 * 1024 * 1024,
        });
        var ada = await probe.ConnectAsAsync("ada");
        var channel = await probe.CreateChannelAsync(ada, """{"name":"harbour"}""");
        var deaf = await probe.ConnectAsAsync("grace");
        await ada.NextAsync();
        await probe.CallAsync("POST", $"/v1/game-channels/{channel}/join", alias: deaf.Alias);
        await ada.NextAsync();
        var text = new string('x', 200_000);

        // One message at a time, each of which comes back, until the news that the other one went offline comes instead.
        var frame = "";
        var sent = 0;
        while (!frame.Contains("\"online\":false,\"customStatus\":\"\",\"updatedAt\":\"2026-03-02T18:20:11.250Z\"},\"meta\"", StringComparison.Ordinal))
        {
            Assert.That(sent++, Is.LessThan(400), "the client that does not read was never dropped");
            await ada.SendAsync(Message(channel, text));
            frame = await ada.NextAsync();
            Assert.That(frame, Does.StartWith("""{"res":"v1.channels.message",""").Or.StartWith("""{"res":"v1.players.presence.updated","""));
        }

        Assert.That(await ada.NextAsync(), Does.StartWith("""{"res":"v1.channels.message","""), "the last message still comes back");
        await probe.Talo.WhenAsync(talo => talo.Connections.Count == 1).InTime();
    }

    [Test]
    public async Task SeveralServers_KnowNothingOfEachOther()
    {
        await using var first = await Probe.StartAsync();
        await using var second = await Probe.StartAsync();

        var answer = await second.CallAsync("POST", "/v1/socket-tickets", key: first.Talo.AccessKey);

        Assert.That(first.Talo.ApiUrl, Is.Not.EqualTo(second.Talo.ApiUrl));
        Assert.That(answer.Status, Is.EqualTo(401));
    }

    [Test]
    public async Task ReceivedFrames_AreKeptWhenAskedFor()
    {
        await using var probe = await Probe.StartAsync(clock => new() { Clock = clock, RecordFrames = true, CheckLatency = TimeSpan.Zero });
        var ada = await probe.ConnectAsAsync("ada");

        await ada.NothingButHeartbeatAsync();

        Assert.That(probe.Talo.ReceivedFrames, Is.EqualTo(new[]
        {
            new ReceivedFrame(1, null, Identify(ada.Alias, ada.Token)),
            new ReceivedFrame(1, ada.Alias, "v1.heartbeat"),
        }));
    }
}
