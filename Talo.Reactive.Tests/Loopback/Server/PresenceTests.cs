using System;
using System.Threading.Tasks;
using NUnit.Framework;
using static Talo.Reactive.Tests.Loopback.Server.Expected;

namespace Talo.Reactive.Tests.Loopback.Server;

[TestFixture]
public sealed class PresenceTests
{
    private const string FreshState = """{"online":{online},"customStatus":"{status}","updatedAt":"2026-03-02T18:20:11.250Z"}""";

    [Test]
    public async Task NeverOnline_IsOfflineWithoutAnAlias()
    {
        await using var probe = await Probe.StartAsync();
        var (_, player, _) = await probe.IdentifyAsync("ada");

        Assert.That((await probe.CallAsync("GET", $"/v1/players/presence/{player}")).Body, Is.EqualTo(
            $$$"""{"presence":{"playerAlias":null,"online":false,"customStatus":"","updatedAt":"{{{Fresh}}}"}}"""));
    }

    [TestCase("""{"customStatus":"In a match"}""", true, "In a match", true, true)]
    [TestCase("""{"online":false,"customStatus":"afk"}""", false, "afk", true, true)]
    [TestCase("""{"online":false}""", false, "", true, true)]
    [TestCase("""{"online":true,"customStatus":"hi"}""", true, "hi", false, true)]
    public async Task Update_TellsEverybodyIdentified(string body, bool online, string status, bool onlineChanged, bool statusChanged)
    {
        await using var probe = await Probe.StartAsync();
        var grace = await probe.ConnectAsAsync("grace");
        var ada = await probe.ConnectAsAsync("ada");
        var stranger = await probe.ConnectAsync();
        await grace.NextAsync();

        var answer = await probe.CallAsync("PUT", "/v1/players/presence", body, ada.Alias);

        var state = FreshState
            .Replace("{online}", online ? "true" : "false", StringComparison.Ordinal).Replace("{status}", status, StringComparison.Ordinal);
        var expected = Presence(Alias(2, "ada", state), online, status, onlineChanged, statusChanged);
        Assert.That(Normal(await grace.NextAsync()), Is.EqualTo(expected));
        Assert.That(Normal(await ada.NextAsync()), Is.EqualTo(expected));
        Assert.That(await stranger.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
        Assert.That(expected, Does.Contain(Normal(answer.Body)[1..^1]));
    }

    [TestCase("""{"customStatus":""}""", true, false)]
    [TestCase("""{"online":true}""", false, true)]
    [TestCase("{}", true, true)]
    [TestCase("""{"online":true,"customStatus":""}""", false, false)]
    public async Task UpdateToTheSame_KeepsUpdatedAt(string body, bool onlineChanged, bool statusChanged)
    {
        await using var probe = await Probe.StartAsync();
        var ada = await probe.ConnectAsAsync("ada");

        await probe.CallAsync("PUT", "/v1/players/presence", body, ada.Alias);

        Assert.That(Normal(await ada.NextAsync()), Is.EqualTo(Presence(Alias(1, "ada"), online: true, "", onlineChanged, statusChanged, Stored)));
    }

    [TestCase("""{"online":"yes","customStatus":5}""", 400,
        """{"errors":{"online":["Invalid input: expected boolean, received string"],"customStatus":["Invalid input: expected string, received number"]}}""")]
    [TestCase("""{"customStatus":null}""", 400, """{"errors":{"customStatus":["Invalid input: expected string, received null"]}}""")]
    [TestCase("{}", 500, """{"message":"Something went wrong, please try again later"}""")]
    public async Task BadUpdate_IsRefused(string body, int status, string expected)
    {
        await using var probe = await Probe.StartAsync();
        var (alias, _, _) = await probe.IdentifyAsync("ada");

        var answer = await probe.CallAsync("PUT", "/v1/players/presence", body, alias);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((status, expected)));
    }

    [TestCase(255, 200)]
    [TestCase(256, 500)]
    public async Task StatusOf256Characters_IsTooLong(int length, int status)
    {
        await using var probe = await Probe.StartAsync();
        var (alias, _, _) = await probe.IdentifyAsync("ada");

        var answer = await probe.CallAsync("PUT", "/v1/players/presence", $$"""{"customStatus":"{{new string('x', length)}}"}""", alias);

        Assert.That(answer.Status, Is.EqualTo(status));
    }

    [TestCase("5", 400, """{"errors":{"id":["Invalid UUID"]}}""")]
    [TestCase("b413f7da-a425-4a14-bbe4-a7e83c28e700", 404, """{"message":"Player not found"}""")]
    public async Task PresenceOfNobody_IsRefused(string id, int status, string body)
    {
        await using var probe = await Probe.StartAsync();

        var answer = await probe.CallAsync("GET", $"/v1/players/presence/{id}");

        Assert.That((answer.Status, answer.Body), Is.EqualTo((status, body)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Close_TakesThePlayerOfflineAndKeepsTheStatus(bool terminate)
    {
        await using var probe = await Probe.StartAsync();
        var grace = await probe.ConnectAsAsync("grace");
        var ada = await probe.ConnectAsAsync("ada");
        await grace.NextAsync();
        await probe.CallAsync("PUT", "/v1/players/presence", """{"customStatus":"keep me"}""", ada.Alias);
        await grace.NextAsync();

        if (terminate)
            ada.Terminate();
        else
            await ada.CloseAsync();

        Assert.That(Normal(await grace.NextAsync()), Is.EqualTo(Presence(
            Alias(2, "ada", """{"online":false,"customStatus":"keep me","updatedAt":"2026-03-02T18:20:11.250Z"}"""),
            online: false, "keep me", onlineChanged: true, statusChanged: true)));
    }

    [Test]
    public async Task CloseOfOneOfTwoSockets_TakesThePlayerOfflineAllTheSame()
    {
        await using var probe = await Probe.StartAsync();
        var first = await probe.ConnectAsAsync("ada");
        var second = await probe.ConnectAsAsync("ada");
        await first.NextAsync();

        await first.CloseAsync();

        Assert.That(await second.NextAsync(), Does.Contain("\"online\":false").And.Contain("\"onlineChanged\":true"));
    }

    [Test]
    public async Task TemporaryMember_LeavesWhenItsSocketCloses()
    {
        await using var probe = await Probe.StartAsync();
        var ada = await probe.ConnectAsAsync("ada");
        var grace = await probe.ConnectAsAsync("grace");
        await ada.NextAsync();
        var channel = await probe.CreateChannelAsync(ada, """{"name":"tmp","temporaryMembership":true}""");
        await probe.CallAsync("POST", $"/v1/game-channels/{channel}/join", alias: grace.Alias);
        await ada.NextAsync();

        await grace.CloseAsync();

        Assert.That(Normal(await ada.NextAsync()), Does
            .StartWith($$"""{"res":"v1.channels.player-left","data":{"channel":{{Channel(1, "tmp", Alias(1, "ada"), temporary: true)}},"playerAlias":{"id":2,""")
            .And.EndsWith("\"meta\":{\"reason\":1}}}"));
        Assert.That(await ada.NextAsync(), Does.StartWith("""{"res":"v1.players.presence.updated","""));
        Assert.That((await probe.CallAsync("GET", "/v1/game-channels/subscriptions", alias: grace.Alias)).Body, Is.EqualTo("""{"channels":[]}"""));
    }

    [Test]
    public async Task OwnerOfATemporaryAutoCleanupChannelVanishes_TheRestSeesItDeleted()
    {
        await using var probe = await Probe.StartAsync();
        var ada = await probe.ConnectAsAsync("ada");
        var grace = await probe.ConnectAsAsync("grace");
        await ada.NextAsync();
        var channel = await probe.CreateChannelAsync(ada, """{"name":"tmp","temporaryMembership":true,"autoCleanup":true}""");
        await probe.CallAsync("POST", $"/v1/game-channels/{channel}/join", alias: grace.Alias);
        await grace.NextAsync();

        ada.Terminate();

        Assert.That(await grace.NextAsync(), Does.StartWith("""{"res":"v1.channels.player-left","""));
        Assert.That(await grace.NextAsync(), Does.StartWith("""{"res":"v1.channels.deleted","""));
        Assert.That(await grace.NextAsync(), Does.StartWith("""{"res":"v1.players.presence.updated","""));
        Assert.That((await probe.CallAsync("GET", $"/v1/game-channels/{channel}")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task OfflineMemberOfATemporaryChannelWritesItsStatus_AndIsRemoved()
    {
        await using var probe = await Probe.StartAsync();
        var ada = await probe.ConnectAsAsync("ada");
        var (grace, _, _) = await probe.IdentifyAsync("grace");
        var channel = await probe.CreateChannelAsync(ada, """{"name":"tmp","temporaryMembership":true}""");
        await probe.CallAsync("POST", $"/v1/game-channels/{channel}/join", alias: grace);
        await ada.NextAsync();

        await probe.CallAsync("PUT", "/v1/players/presence", """{"customStatus":"offline but writing"}""", grace);

        Assert.That(await ada.NextAsync(), Does.Contain("v1.channels.player-left").And.EndsWith("\"meta\":{\"reason\":1}}}"));
        Assert.That(await ada.NextAsync(), Does.Contain("\"customStatus\":\"offline but writing\""));
    }
}
