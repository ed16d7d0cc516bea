using System.Threading.Tasks;
using NUnit.Framework;
using static Talo.Reactive.Tests.Loopback.Server.Expected;

namespace Talo.Reactive.Tests.Loopback.Server;

[TestFixture]
public sealed class ScopeTests
{
    private static readonly string[] ReadOnly =
        ["read:players", "read:playerPresence", "read:gameChannels", "read:playerRelationships", "read:playerBroadcasts", "read:gameConfig"];

    [TestCase("POST", "/v1/game-channels", """{"name":"x"}""", "write:gameChannels")]
    [TestCase("POST", "/v1/game-channels/999/join", "{}", "write:gameChannels")]
    [TestCase("PUT", "/v1/players/presence", """{"online":true}""", "write:playerPresence")]
    [TestCase("POST", "/v1/players/socket-token", "{}", "write:players")]
    public async Task ReadOnlyKey_CannotWriteOverHttp(string method, string path, string body, string scope)
    {
        await using var probe = await Probe.StartAsync();
        var (alias, _, _) = await probe.IdentifyAsync("ada");

        var answer = await probe.CallAsync(method, path, body, alias, probe.Talo.CreateAccessKey(ReadOnly));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((403, $$"""{"message":"Missing access key scope(s): {{scope}}"}""")));
    }

    [Test]
    public async Task ReadOnlyKey_FindsPlayersAndMakesNone()
    {
        await using var probe = await Probe.StartAsync();
        var key = probe.Talo.CreateAccessKey(ReadOnly);
        await probe.IdentifyAsync("ada");

        var found = await probe.CallAsync("GET", "/v1/players/identify?service=username&identifier=ada", key: key);
        var missing = await probe.CallAsync("GET", "/v1/players/identify?service=username&identifier=grace", key: key);

        Assert.That(found.Status, Is.EqualTo(200));
        Assert.That((missing.Status, missing.Body), Is.EqualTo((404,
            """{"message":"Player not found. Use an access key with the write:players scope to automatically create players"}""")));
    }

    [Test]
    public async Task ReadOnlyKey_CannotWriteOverTheSocketAndStillReceives()
    {
        await using var probe = await Probe.StartAsync();
        var ada = await probe.ConnectAsAsync("ada");
        var channel = await probe.CreateChannelAsync(ada, """{"name":"harbour"}""");
        var reader = await probe.ConnectAsAsync("ada", probe.Talo.CreateAccessKey(ReadOnly));

        await reader.SendAsync(Message(channel, "x"));
        Assert.That(await reader.NextAsync(), Is.EqualTo(
            Error("v1.channels.message", "Missing access key scope(s): write:gameChannels", "MISSING_ACCESS_KEY_SCOPES")));
        await reader.SendAsync("""{"req":"v1.player-relationships.broadcast","data":{}}""");
        Assert.That(await reader.NextAsync(), Is.EqualTo(
            Error("v1.player-relationships.broadcast", "Missing access key scope(s): write:playerBroadcasts", "MISSING_ACCESS_KEY_SCOPES")));
        await ada.SendAsync(Message(channel, "to the reader"));
        Assert.That(await reader.NextAsync(), Does.Contain("to the reader"));
    }

    [Test]
    public async Task KeyWithoutReadPlayers_CannotIdentify()
    {
        await using var probe = await Probe.StartAsync();
        var (alias, _, token) = await probe.IdentifyAsync("ada");
        var key = probe.Talo.CreateAccessKey("read:gameChannels");

        var answer = await probe.CallAsync("GET", "/v1/players/identify?service=username&identifier=ada", key: key);
        var socket = await probe.ConnectAsync(key);
        await socket.SendAsync(Identify(alias, token));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((403, """{"message":"Missing access key scope(s): read:players"}""")));
        Assert.That(await socket.NextAsync(), Is.EqualTo(
            Error("v1.players.identify", "Missing access key scope(s): read:players", "MISSING_ACCESS_KEY_SCOPES")));
    }

    [Test]
    public async Task KeyWithReadPlayersOnly_ReceivesNoEvents()
    {
        await using var probe = await Probe.StartAsync();
        var ada = await probe.ConnectAsAsync("ada");
        var channel = await probe.CreateChannelAsync(ada, """{"name":"harbour"}""");
        var (alias, _, token) = await probe.IdentifyAsync("ada");
        var blind = await probe.ConnectAsync(probe.Talo.CreateAccessKey("read:players"));

        await blind.SendAsync(Identify(alias, token));
        Assert.That(await blind.NextAsync(), Does.StartWith("""{"res":"v1.players.identify.success","""));
        await ada.SendAsync(Message(channel, "not for you"));
        await ada.NextAsync();
        await ada.NextAsync();

        Assert.That(await blind.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
    }
}
