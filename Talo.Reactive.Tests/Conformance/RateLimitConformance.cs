using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class RateLimitConformance : ConformanceTests
{
    private const string Exceeded = "CLOSED 1008 RATE_LIMIT_EXCEEDED";

    private static readonly string Warning = Shape.Error("unknown", "Rate limit exceeded", "RATE_LIMIT_EXCEEDED");

    [Test]
    public async Task UnidentifiedSocket_MaySend300FramesAMinuteAndIsWarnedThreeTimes()
    {
        var socket = await ConnectAsync();
        await HeartbeatsAsync(socket, 300);

        for (var i = 0; i < 3; i++)
        {
            await socket.SendAsync(TestSocket.Heartbeat);
            await socket.ExpectAsync(Warning);
        }
        await socket.SendAsync(TestSocket.Heartbeat);
        await socket.ExpectAsync(Exceeded);

        var another = await ConnectAsync();
        await HeartbeatsAsync(another, 1);
    }

    [Test]
    public async Task FastBurst_IsClosedWithOrWithoutWarnings()
    {
        var socket = await ConnectAsync();
        for (var i = 0; i < 304; i++)
            await socket.SendAsync(TestSocket.Heartbeat);

        var frames = new List<string>();
        while (await socket.NextAsync(Exceeded) is var frame && frame != Exceeded)
            frames.Add(frame);
        Assert.That(frames.Count(frame => frame == TestSocket.Heartbeat), Is.EqualTo(300));
        Assert.That(frames.Where(frame => frame != TestSocket.Heartbeat), Is.All.EqualTo(Warning));
        Assert.That(frames, Has.Count.LessThanOrEqualTo(303));
    }

    [Test]
    public async Task Player_MaySend3600FramesAMinuteOnACounterOfItsOwn()
    {
        var linus = await NewPlayerAsync("linus");
        var socket = await ConnectAsync();
        await HeartbeatsAsync(socket, 299);
        await socket.SendAsync(linus.IdentifyRequest);
        await socket.ExpectAsync(Shape.PresenceUpdated(linus, online: true, "", true, true), Shape.IdentifySuccess(linus, Shape.Online));

        await HeartbeatsAsync(socket, 3600);
        for (var i = 0; i < 3; i++)
        {
            await socket.SendAsync(TestSocket.Heartbeat);
            await socket.ExpectAsync(Warning);
        }
        await socket.SendAsync(TestSocket.Heartbeat);
        await socket.ExpectAsync(Exceeded);

        await Suite.SettleAsync();
        (await CallAsync("GET", $"/v1/players/presence/{linus.PlayerId}")).Expect(200, $$"""{"presence":{{Shape.Presence(linus, online: false)}}}""");
    }

    [Test]
    public async Task Block_LastsAMinuteFromTheFirstFrameTooMany()
    {
        OwnerOrIgnore("a minute would have to pass");
        using var socket = await RawSocket.DialAsync(Server.SocketUrl, $"/?ticket={await Suite.TicketAsync(Server.Game.AccessKey)}");
        Assert.That(await socket.NextAsync(), Is.EqualTo(TestSocket.Connected));
        for (var i = 0; i < 300; i++)
            Assert.That(await HeartbeatAsync(), Is.EqualTo(TestSocket.Heartbeat));
        Assert.That(await HeartbeatAsync(), Is.EqualTo(Warning));

        await LetTimePassAsync(TimeSpan.FromSeconds(59), socket.AnswerPingsAsync);
        Assert.That(await HeartbeatAsync(), Is.EqualTo(Warning));
        await LetTimePassAsync(TimeSpan.FromSeconds(1), socket.AnswerPingsAsync);
        Assert.That(await HeartbeatAsync(), Is.EqualTo(TestSocket.Heartbeat));

        async Task<string> HeartbeatAsync()
        {
            await socket.SendAsync(1, "v1.heartbeat"u8.ToArray());
            return await socket.NextAsync();
        }
    }

    [Test]
    public async Task HttpCalls_AreLimitedPerAddressAndGroup()
    {
        OwnerOrIgnore("the calls of this address would be blocked for a minute");
        await using var server = await LoopbackServer.StartAsync(hasRateLimits: true);
        using var api = new ApiCalls(server);

        for (var i = 0; i < 20; i++)
            (await TicketAsync()).Expect(200, """{"ticket":"<uuid>"}""");
        ExpectTooMany(await TicketAsync());
        ExpectTooMany(await CallAsync("GET", "/v1/players/identify?service=username&identifier=x"));
        ExpectTooMany(await CallAsync("POST", "/v1/players/socket-token"));
        (await TicketAsync("10.0.0.9")).Expect(200, """{"ticket":"<uuid>"}""");

        for (var i = 0; i < 100; i++)
            (await CallAsync("GET", "/v1/game-channels/0")).Expect(404, """{"message":"Channel not found"}""");
        ExpectTooMany(await CallAsync("GET", "/v1/game-channels/0"));
        (await CallAsync("GET", "/v1/health-check")).Expect(204);

        Task<Answer> CallAsync(string method, string path, params (string, string)[] headers) =>
            api.CallAsync(method, path, (string?)null, [("authorization", $"Bearer {server.Game.AccessKey}"), .. headers]);

        Task<Answer> TicketAsync(string? forwardedFor = null) =>
            CallAsync("POST", "/v1/socket-tickets", forwardedFor is null ? [] : [("x-forwarded-for", forwardedFor)]);

        static void ExpectTooMany(Answer answer)
        {
            answer.Expect(429, """{"message":"Too Many Requests"}""");
            Assert.That(answer.Header("Retry-After"), Is.EqualTo("60"));
        }
    }

    private static async Task HeartbeatsAsync(TestSocket socket, int count)
    {
        for (var i = 0; i < count; i++)
            await socket.SendAsync(TestSocket.Heartbeat);
        await socket.ExpectAsync([.. Enumerable.Repeat(TestSocket.Heartbeat, count)]);
    }
}
