using System;
using System.Collections.Concurrent;
using System.IO.Compression;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Loopback.Server;

[TestFixture]
public sealed class HttpTests
{
    [TestCase("GET", "/v1/nope", 404, "Not Found")]
    [TestCase("POST", "/v1/game-channels/1/nope", 404, "Not Found")]
    [TestCase("GET", "/v1/socket-tickets", 404, "Not Found")]
    [TestCase("GET", "/v1//game-channels", 404, "Not Found")]
    [TestCase("GET", "/v1/health-check", 204, "")]
    public async Task WithAKey(string method, string path, int status, string body)
    {
        await using var probe = await Probe.StartAsync();

        var answer = await probe.CallAsync(method, path);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((status, body)));
        if (status == 404)
            Assert.That($"{answer.ContentHeaders.ContentType}", Is.EqualTo("text/plain; charset=utf-8"));
    }

    [TestCase("/public/health", 204, "")]
    [TestCase("/", 401, """{"message":"Authentication Error"}""")]
    [TestCase("/socket", 401, """{"message":"Authentication Error"}""")]
    [TestCase("/v1/health-check", 401, """{"message":"Authentication Error"}""")]
    [TestCase("/v1/nope", 401, """{"message":"Authentication Error"}""")]
    public async Task WithoutAKey(string path, int status, string body)
    {
        await using var probe = await Probe.StartAsync();

        var answer = await probe.CallAsync("GET", path, key: "");

        Assert.That((answer.Status, answer.Body), Is.EqualTo((status, body)));
    }

    [TestCase("""{"name":""", """{"status":400,"body":"{\"name\":","message":"Unexpected end of JSON input"}""")]
    [TestCase("\"x\"", """{"status":400,"body":"\"x\"","message":"invalid JSON, only supports object and array"}""")]
    [TestCase("""{"a":hello}""", """{"status":400,"body":"{\"a\":hello}","message":"Unexpected token 'h', \"{\"a\":hello}\" is not valid JSON"}""")]
    public async Task BodyThatIsNotJson_Is400BeforeTheKeyIsLookedAt(string body, string expected)
    {
        await using var probe = await Probe.StartAsync();

        var answer = await probe.CallAsync("POST", "/v1/game-channels", body, key: "");

        Assert.That((answer.Status, answer.Body), Is.EqualTo((400, expected)));
        Assert.That(answer.Headers.Contains("Vary"), Is.False);
    }

    [Test]
    public async Task BodyOfAnotherType_CountsAsEmpty()
    {
        await using var probe = await Probe.StartAsync();
        var (alias, _, _) = await probe.IdentifyAsync("ada");
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(probe.Talo.ApiUrl, "/v1/game-channels"))
        {
            Content = new StringContent("""{"name":"x"}""", Encoding.UTF8, "text/plain"),
        };
        request.Headers.Add("Authorization", $"Bearer {probe.Talo.AccessKey}");
        request.Headers.Add("x-talo-alias", $"{alias}");

        using var response = await client.SendAsync(request);

        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("""{"errors":{"name":["Invalid input: expected string, received undefined"]}}"""));
    }

    [Test]
    public async Task BodyOverAMebibyte_Is413()
    {
        await using var probe = await Probe.StartAsync();

        var answer = await probe.CallAsync("POST", "/v1/game-channels", $$"""{"name":"{{new string('x', 1_100_000)}}"}""");

        Assert.That((answer.Status, answer.Body), Is.EqualTo((413,
            """{"message":"request entity too large","expected":1100011,"length":1100011,"limit":1048576,"type":"entity.too.large"}""")));
    }

    [Test]
    public async Task BodyOverAKibibyte_IsGzippedWhenAccepted()
    {
        await using var probe = await Probe.StartAsync();
        var (alias, _, _) = await probe.IdentifyAsync("ada");
        foreach (var name in new[] { "harbour", "tower" })
            await probe.CallAsync("POST", "/v1/game-channels", $$"""{"name":"{{name}}"}""", alias);
        var plain = await probe.CallAsync("GET", "/v1/game-channels");
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(probe.Talo.ApiUrl, "/v1/game-channels"));
        request.Headers.Add("Authorization", $"Bearer {probe.Talo.AccessKey}");
        request.Headers.Add("Accept-Encoding", "gzip");

        using var response = await client.SendAsync(request);

        Assert.That(response.Content.Headers.ContentEncoding, Is.EqualTo(new[] { "gzip" }));
        Assert.That(response.Headers.TransferEncodingChunked, Is.True);
        await using var unzipped = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        Assert.That(await new System.IO.StreamReader(unzipped).ReadToEndAsync(), Is.EqualTo(plain.Body));
        Assert.That(plain.ContentHeaders.ContentEncoding, Is.Empty);
    }

    [Test]
    public async Task Preflight_AllowsWhatIsAsked()
    {
        await using var probe = await Probe.StartAsync();

        var answer = await probe.CallAsync("OPTIONS", "/v1/game-channels", key: "", headers:
        [
            ("Origin", "https://game.example"),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,x-talo-alias"),
        ]);

        Assert.That(answer.Status, Is.EqualTo(204));
        Assert.That(answer.Headers.GetValues("Access-Control-Allow-Headers").Single(), Is.EqualTo("authorization,x-talo-alias"));
        Assert.That(answer.Headers.GetValues("Access-Control-Allow-Methods").Single(), Is.EqualTo("GET,HEAD,PUT,POST,DELETE,PATCH"));
    }

    [Test]
    public async Task GetPlayer_ShowsItsAliasesAndNoProps()
    {
        await using var probe = await Probe.StartAsync();
        var answer = await probe.CallAsync("GET", "/v1/players/identify?service=username&identifier=dev", headers: ("x-talo-dev-build", "1"));
        var id = answer.Root.GetProperty("alias").GetProperty("player").GetProperty("id").GetString();

        var player = await probe.CallAsync("GET", $"/v1/players/{id}");

        Assert.That(Expected.Normal(player.Body), Is.EqualTo(
            $$$"""{"player":{"id":"<uuid>","props":[],"aliases":[{{{Expected.Alias(1, "dev", Expected.NoPresence, dev: true)}}}],"devBuild":true,"createdAt":"{{{Expected.Stored}}}","lastSeenAt":"{{{Expected.Stored}}}","groups":[],"presence":null}}"""));
        Assert.That((await probe.CallAsync("GET", "/v1/players/nobody")).Body, Is.EqualTo("""{"message":"Player not found"}"""));
    }

    [Test]
    public async Task MemberCount_LeavesDevPlayersOutUnlessAsked()
    {
        await using var probe = await Probe.StartAsync();
        var answer = await probe.CallAsync("GET", "/v1/players/identify?service=username&identifier=dev", headers: ("x-talo-dev-build", "1"));
        var alias = answer.Root.GetProperty("alias").GetProperty("id").GetInt32();
        await probe.CallAsync("POST", "/v1/game-channels", """{"name":"x"}""", alias);

        Assert.That((await probe.CallAsync("GET", "/v1/game-channels/1")).Body, Does.EndWith("\"memberCount\":0}}"));
        Assert.That((await probe.CallAsync("GET", "/v1/game-channels/1", headers: ("x-talo-include-dev-data", "1"))).Body, Does.EndWith("\"memberCount\":1}}"));
    }

    [Test]
    public async Task Log_HasALineARequestAndNoSecret()
    {
        var lines = new ConcurrentQueue<string>();
        await using var probe = await Probe.StartAsync(clock => new() { Clock = clock, Log = lines.Enqueue });
        var (alias, _, token) = await probe.IdentifyAsync("ada-secret");
        var ticket = await probe.TicketAsync();
        var socket = await probe.DialAsync($"/?ticket={ticket}");
        await socket.NextAsync();
        await socket.SendAsync(Expected.Identify(alias, token));
        await socket.NextAsync();
        await socket.CloseAsync();
        await probe.Talo.WhenAsync(talo => talo.Connections.Count == 0).InTime();

        var log = string.Join('\n', lines);
        Assert.That(log, Does.Contain("GET /v1/players/identify 200 ").And.Contain("POST /v1/socket-tickets 200 ").And.Contain("socket 1 opened on /"));
        foreach (var secret in new[] { ticket, token, probe.Talo.AccessKey, "ada-secret" })
            Assert.That(log, Does.Not.Contain(secret));
    }
}
