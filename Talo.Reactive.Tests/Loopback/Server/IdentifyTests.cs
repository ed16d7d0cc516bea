using System;
using System.Text;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Tests.Conformance;
using static Talo.Reactive.Tests.Loopback.Server.Expected;

namespace Talo.Reactive.Tests.Loopback.Server;

[TestFixture]
public sealed class IdentifyTests
{
    private static readonly string BadToken = Error("v1.players.identify", "Invalid socket token", "INVALID_SOCKET_TOKEN");

    [Test]
    public async Task HttpIdentify_CreatesThenFindsWithANewToken()
    {
        await using var probe = await Probe.StartAsync();

        var created = await probe.CallAsync("GET", "/v1/players/identify?service=username&identifier=ada");
        var found = await probe.CallAsync("GET", "/v1/players/identify?service=%20USERNAME&identifier=%20ADA%20");

        Assert.That(created.Status, Is.EqualTo(200));
        Assert.That(Normal(created.Body), Is.EqualTo($$"""{"alias":{{Alias(1, "ada", NoPresence, Fresh)}},"socketToken":"<uuid>"}"""));
        Assert.That(Normal(found.Body), Is.EqualTo(
            """{"alias":{"id":1,"service":"username","identifier":"ada","displayName":"ada","player":{"id":"<uuid>","props":[],"devBuild":false,"createdAt":"2026-03-02T18:20:11.000Z","lastSeenAt":"2026-03-02T18:20:11.250Z","groups":[],"presence":null},"lastSeenAt":"2026-03-02T18:20:11.250Z","createdAt":"2026-03-02T18:20:11.000Z","updatedAt":"2026-03-02T18:20:11.250Z"},"socketToken":"<uuid>"}"""));
        Assert.That(found.Text("socketToken"), Is.Not.EqualTo(created.Text("socketToken")));
    }

    [Test]
    public async Task DevBuild_MarksThePlayersThatItCreates()
    {
        await using var probe = await Probe.StartAsync();

        var answer = await probe.CallAsync(
            "GET", "/v1/players/identify?service=username&identifier=dev", headers: ("x-talo-dev-build", "1"));

        Assert.That(Normal(answer.Body), Is.EqualTo(
            $$"""{"alias":{{Alias(1, "dev", NoPresence, Fresh, """{"key":"META_DEV_BUILD","value":"1"}""", dev: true)}},"socketToken":"<uuid>"}"""));
    }

    [TestCase("", 400, """{"errors":{"service":["service is missing from the request query"],"identifier":["identifier is missing from the request query"]}}""")]
    [TestCase("?service=username&identifier=", 400, """{"errors":{"identifier":["Invalid identifier, must be a non-empty string"]}}""")]
    [TestCase("?service=username&identifier=a&identifier=b", 400, """{"errors":{"identifier":["Invalid input: expected string, received array"]}}""")]
    [TestCase("?service=talo&identifier=nobody", 404, """{"message":"Player not found: Talo aliases must be created using the /v1/players/auth API"}""")]
    public async Task BadHttpIdentify_IsRefused(string query, int status, string body)
    {
        await using var probe = await Probe.StartAsync();

        var answer = await probe.CallAsync("GET", "/v1/players/identify" + query);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((status, body)));
    }

    [Test]
    public async Task SocketIdentify_ShowsItsOwnPresenceFirst()
    {
        await using var probe = await Probe.StartAsync();
        var (alias, _, token) = await probe.IdentifyAsync("ada");
        var socket = await probe.ConnectAsync();

        await socket.SendAsync(Identify(alias, token));

        Assert.That(Normal(await socket.NextAsync()), Is.EqualTo(Presence(Alias(1, "ada", OnlineFresh), online: true, "", true, true)));
        Assert.That(Normal(await socket.NextAsync()), Is.EqualTo(
            $$"""{"res":"v1.players.identify.success","data":{{Alias(1, "ada", OnlineFresh)}}}"""));
    }

    [Test]
    public async Task IdentifyAgain_ReportsOnlyWhatWasNotSupplied()
    {
        await using var probe = await Probe.StartAsync();
        var socket = await probe.ConnectAsAsync("ada");

        await socket.SendAsync(Identify(socket.Alias, socket.Token));

        Assert.That(Normal(await socket.NextAsync()), Is.EqualTo(Presence(Alias(1, "ada"), online: true, "", false, true, Stored)));
        Assert.That(Normal(await socket.NextAsync()), Is.EqualTo($$"""{"res":"v1.players.identify.success","data":{{Alias(1, "ada")}}}"""));
    }

    [Test]
    public async Task Tokens_AreReplacedByEachIdentifyAndNotConsumed()
    {
        await using var probe = await Probe.StartAsync();
        var old = await probe.IdentifyAsync("ada");
        var ada = await probe.ConnectAsAsync("ada");
        var second = await probe.ConnectAsync();

        await second.SendAsync(Identify(old.Alias, old.Token));
        Assert.That(await second.NextAsync(), Is.EqualTo(BadToken));
        await second.SendAsync(Identify(ada.Alias, ada.Token));
        await second.NextAsync();
        Assert.That(await second.NextAsync(), Does.StartWith("""{"res":"v1.players.identify.success","""));

        var minted = await probe.CallAsync("POST", "/v1/players/socket-token", alias: ada.Alias);
        Assert.That(Normal(minted.Body), Is.EqualTo("""{"socketToken":"<uuid>"}"""));
        await second.SendAsync(Identify(ada.Alias, ada.Token));
        Assert.That(await second.NextAsync(), Is.EqualTo(BadToken));
    }

    [TestCase(3599, """{"res":"v1.players.presence""")]
    [TestCase(3600, """{"res":"v1.error""")]
    public async Task Token_ExpiresAfterAnHour(int seconds, string answer)
    {
        await using var probe = await Probe.StartAsync(clock => new()
        {
            Clock = clock,
            HttpAuthLimit = null,
            CheckLatency = TimeSpan.Zero,
            PingInterval = TimeSpan.FromHours(2),
        });
        var (alias, _, token) = await probe.IdentifyAsync("ada");
        var socket = await probe.ConnectAsync();

        probe.Clock.Advance(TimeSpan.FromSeconds(seconds));
        await socket.SendAsync(Identify(alias, token));

        Assert.That(await socket.NextAsync(), Does.StartWith(answer));
    }

    [TestCase("""{"playerAliasId":999999,"socketToken":"wrong"}""", "INVALID_SOCKET_TOKEN")]
    [TestCase("""{"playerAliasId":1.5,"socketToken":"{token}"}""", "INVALID_SOCKET_TOKEN")]
    [TestCase("""{"playerAliasId":"1","socketToken":"x"}""", "INVALID_MESSAGE_DATA")]
    [TestCase("""{"playerAliasId":1}""", "INVALID_MESSAGE_DATA")]
    [TestCase("""{"playerAliasId":1,"socketToken":"x","sessionToken":null}""", "INVALID_MESSAGE_DATA")]
    public async Task BadSocketIdentify_LeavesTheConnectionAsItWas(string data, string code)
    {
        await using var probe = await Probe.StartAsync();
        var socket = await probe.ConnectAsAsync("ada");
        data = data.Replace("{token}", socket.Token, StringComparison.Ordinal);

        await socket.SendAsync($$"""{"req":"v1.players.identify","data":{{data}}}""");

        Assert.That(await socket.NextAsync(), Is.EqualTo(code == "INVALID_SOCKET_TOKEN"
            ? BadToken
            : Error("v1.players.identify", "Invalid message data for request", code, data.Replace("\"", "\\\"", StringComparison.Ordinal))));
        await socket.SendAsync(Message(999999, "x"));
        Assert.That(await socket.NextAsync(), Does.Contain("Channel not found"));
    }

    [Test]
    public async Task AliasOfAnotherGame_IsNotFound()
    {
        await using var probe = await Probe.StartAsync();
        var (alias, _, token) = await probe.IdentifyAsync("ada", probe.Talo.CreateGame().CreateAccessKey());
        var socket = await probe.ConnectAsync();

        await socket.SendAsync(Identify(alias, token));

        Assert.That(await socket.NextAsync(), Is.EqualTo(Error(
            "v1.players.identify", "An error occurred while processing the message", "LISTENER_ERROR",
            "PlayerAlias not found ({ id: 1, player: { game: 1 } })")));
    }

    [Test]
    public async Task IdentifyAsSomebodyElse_LeavesTheFirstOnline()
    {
        await using var probe = await Probe.StartAsync();
        var socket = await probe.ConnectAsAsync("ada");
        var (alias, _, token) = await probe.IdentifyAsync("grace");

        await socket.SendAsync(Identify(alias, token));

        Assert.That(Normal(await socket.NextAsync()), Is.EqualTo(Presence(Alias(2, "grace", OnlineFresh), online: true, "", true, true)));
        await socket.NextAsync();
        Assert.That(Normal((await probe.CallAsync("GET", $"/v1/players/presence/{socket.Player}")).Body), Is.EqualTo(
            $$"""{"presence":{"playerAlias":{{Alias(1, "ada")}},"online":true,"customStatus":"","updatedAt":"{{Stored}}"}""" + "}"));
    }

    [TestCase(null, 400, """{"errors":{"x-talo-alias":["x-talo-alias is missing from the request headers"]}}""")]
    [TestCase("abc", 400, """{"errors":{"x-talo-alias":["x-talo-alias header must be a numeric string"]}}""")]
    [TestCase("-1", 400, """{"errors":{"x-talo-alias":["x-talo-alias header must be a numeric string"]}}""")]
    [TestCase("999999", 404, """{"message":"Player not found"}""")]
    [TestCase("99999999999999999999", 404, """{"message":"Player not found"}""")]
    public async Task SocketTokenWithoutAKnownAlias_IsRefused(string? alias, int status, string body)
    {
        await using var probe = await Probe.StartAsync();

        var answer = alias is null
            ? await probe.CallAsync("POST", "/v1/players/socket-token")
            : await probe.CallAsync("POST", "/v1/players/socket-token", headers: ("x-talo-alias", alias));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((status, body)));
    }

    [Test]
    public async Task MessageRightBehindIdentify_IsFromNobody()
    {
        await using var probe = await Probe.StartAsync(clock => new() { Clock = clock, CheckLatency = TimeSpan.FromMilliseconds(100) });
        var (alias, _, token) = await probe.IdentifyAsync("ada");
        using var socket = await probe.ConnectRawAsync();

        await socket.SendTogetherAsync(Identify(alias, token), Message(1, "right after identify"));

        Assert.That(await socket.NextAsync(), Does.Contain("NO_PLAYER_FOUND"));
        Assert.That(await socket.NextAsync(), Does.Contain("v1.players.presence.updated"));
        Assert.That(await socket.NextAsync(), Does.Contain("v1.players.identify.success"));
    }

    [Test]
    public async Task CloseRightBehindIdentify_LeavesThePlayerOnline()
    {
        await using var probe = await Probe.StartAsync(clock => new() { Clock = clock, CheckLatency = TimeSpan.FromMilliseconds(100) });
        var watcher = await probe.ConnectAsAsync("grace");
        var (alias, player, token) = await probe.IdentifyAsync("ada");
        using var socket = await probe.ConnectRawAsync();

        await socket.WriteAsync([
            .. RawSocket.Frame(1, Encoding.UTF8.GetBytes(Identify(alias, token))), .. RawSocket.Frame(8, [0x03, 0xE8])]);

        Assert.That(Normal(await watcher.NextAsync()), Is.EqualTo(Presence(Alias(2, "ada", OnlineFresh), online: true, "", true, true)));
        Assert.That(await watcher.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
        Assert.That((await probe.CallAsync("GET", $"/v1/players/presence/{player}")).Body, Does.Contain("\"online\":true,\"customStatus\":\"\",\"updatedAt\":\"" + Stored + "\"}}"));
    }
}
