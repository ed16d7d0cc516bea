using System;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Loopback;
using static Talo.Reactive.Tests.Loopback.Server.Expected;

namespace Talo.Reactive.Tests.Loopback.Server;

[TestFixture]
public sealed class RateLimitTests
{
    private static readonly string Warning = Error("unknown", "Rate limit exceeded", "RATE_LIMIT_EXCEEDED");

    [Test]
    public async Task UnidentifiedOverItsLimit_IsWarnedThreeTimesAndExpelled()
    {
        await using var probe = await Probe.StartAsync();
        var socket = await probe.ConnectAsync();

        await FloodAsync(socket, 304);

        Assert.That(await AnswersAsync(socket, 300), Is.EqualTo(300));
        for (var i = 0; i < 3; i++)
            Assert.That(await socket.NextAsync(), Is.EqualTo(Warning));
        Assert.That(await socket.NextAsync(), Is.EqualTo("CLOSED 1008 RATE_LIMIT_EXCEEDED"));
        Assert.That(await (await probe.ConnectAsync()).NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"), "a new connection starts clean");
    }

    [Test]
    public async Task Identified_HasALimitOfItsOwn()
    {
        await using var probe = await Probe.StartAsync(clock => Small(clock, unidentified: 3, identified: 5));
        var socket = await probe.ConnectAsAsync("ada");

        await FloodAsync(socket, 6);

        Assert.That(await AnswersAsync(socket, 5), Is.EqualTo(5));
        Assert.That(await socket.NextAsync(), Is.EqualTo(Warning));
    }

    [TestCase(59, false)]
    [TestCase(60, true)]
    public async Task Block_LastsAMinuteFromTheFirstExcess(int seconds, bool isOver)
    {
        await using var probe = await Probe.StartAsync(clock => Small(clock, unidentified: 3, identified: 5));
        var socket = await probe.ConnectAsync();
        await FloodAsync(socket, 3);
        await AnswersAsync(socket, 3);
        probe.Clock.Advance(TimeSpan.FromSeconds(50));
        await FloodAsync(socket, 1);
        await socket.NextAsync();

        probe.Clock.Advance(TimeSpan.FromSeconds(seconds));
        await FloodAsync(socket, 1);

        Assert.That(await socket.NextAsync(), Is.EqualTo(isOver ? "v1.heartbeat" : Warning));
    }

    [Test]
    public async Task AcceptedHeartbeats_TakeWarningsBack()
    {
        await using var probe = await Probe.StartAsync(clock => Small(clock, unidentified: 3, identified: 5));
        var socket = await probe.ConnectAsync();

        for (var round = 0; round < 3; round++)
        {
            await FloodAsync(socket, 6);
            Assert.That(await AnswersAsync(socket, 3), Is.EqualTo(3), "in a new window");
            for (var i = 0; i < 3; i++)
                Assert.That(await socket.NextAsync(), Is.EqualTo(Warning));
            probe.Clock.Advance(TimeSpan.FromSeconds(60));
        }
    }

    [Test]
    public async Task HttpAuthCalls_AreTwentyAMinuteTogether()
    {
        await using var probe = await Probe.StartAsync(clock => new() { Clock = clock });
        for (var i = 0; i < 20; i++)
            Assert.That((await probe.CallAsync("POST", "/v1/socket-tickets", key: i == 0 ? "" : null)).Status, Is.EqualTo(i == 0 ? 401 : 200));

        var refused = await probe.CallAsync("GET", "/v1/players/identify?service=username&identifier=x");
        var badBody = await probe.CallAsync("POST", "/v1/socket-tickets", "{");
        var other = await probe.CallAsync("GET", "/v1/game-channels");
        var elsewhere = await probe.CallAsync("POST", "/v1/socket-tickets", headers: ("X-Forwarded-For", "10.0.0.9"));

        Assert.That((refused.Status, refused.Body), Is.EqualTo((429, """{"message":"Too Many Requests"}""")));
        Assert.That(refused.Headers.GetValues("Retry-After").Single(), Is.EqualTo("60"));
        Assert.That(refused.Headers.GetValues("Vary").Single(), Is.EqualTo("Origin"));
        Assert.That((badBody.Status, other.Status, elsewhere.Status), Is.EqualTo((400, 200, 200)));
        probe.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.That((await probe.CallAsync("POST", "/v1/socket-tickets")).Status, Is.EqualTo(429));
        probe.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await probe.CallAsync("POST", "/v1/socket-tickets")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task OtherHttpCalls_AreAHundredAMinute()
    {
        await using var probe = await Probe.StartAsync(clock => new() { Clock = clock });

        for (var i = 0; i < 100; i++)
            await probe.CallAsync("GET", "/v1/game-channels");

        Assert.That((await probe.CallAsync("GET", "/v1/game-channels")).Status, Is.EqualTo(429));
        Assert.That((await probe.CallAsync("GET", "/v1/health-check")).Status, Is.EqualTo(204));
    }

    private static LoopbackOptions Small(ManualClock clock, int unidentified, int identified) => new()
    {
        Clock = clock,
        CheckLatency = TimeSpan.Zero,
        PingInterval = TimeSpan.FromHours(1),
        UnidentifiedFrameLimit = unidentified,
        IdentifiedFrameLimit = identified,
    };

    private static async Task FloodAsync(ProbeSocket socket, int count)
    {
        for (var i = 0; i < count; i++)
            await socket.SendAsync("v1.heartbeat");
    }

    private static async Task<int> AnswersAsync(ProbeSocket socket, int count)
    {
        var answers = 0;
        while (answers < count && await socket.NextAsync() == "v1.heartbeat")
            answers++;
        return answers;
    }
}
