using System.IO;
using System.IO.Compression;
using System.Text;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class HttpConformance : ConformanceTests
{
    private const string Channels = "/v1/game-channels";

    [Test]
    public async Task HealthChecks_AreEmpty()
    {
        (await BareCallAsync("GET", "/public/health")).Expect(204);
        (await CallAsync("GET", "/v1/health-check")).Expect(204);
        (await BareCallAsync("GET", "/v1/health-check")).Expect(401, """{"message":"Authentication Error"}""");
    }

    [TestCase("GET", "/v1/nope")]
    [TestCase("POST", "/v1/game-channels/1/nope")]
    [TestCase("GET", "/v1//game-channels")]
    public async Task UnknownRoute_IsNotFoundInPlainText(string method, string path)
    {
        var answer = (await CallAsync(method, path)).Expect(404, "Not Found");

        Assert.That(answer.Header("Content-Type"), Is.EqualTo("text/plain; charset=utf-8"));
        Assert.That(answer.Header("Content-Length"), Is.EqualTo("9"));
    }

    [Test]
    public async Task UnknownRouteWithoutAKey_Is401()
    {
        (await BareCallAsync("GET", "/nope")).Expect(401, """{"message":"Authentication Error"}""");
    }

    [Test]
    public async Task Head_IsNoRoute()
    {
        Assert.That((await CallAsync("HEAD", "/v1/health-check")).Status, Is.EqualTo(404));
    }

    [TestCase("{\"name\":", """{"status":400,"body":"{\"name\":","message":"Unexpected end of JSON input"}""")]
    [TestCase("\"x\"", """{"status":400,"body":"\"x\"","message":"invalid JSON, only supports object and array"}""")]
    [TestCase("[]", """{"errors":{"":["Invalid input: expected object, received array"]}}""")]
    [TestCase("{}", """{"errors":{"name":["Invalid input: expected string, received undefined"]}}""")]
    public async Task BadBody_IsRefused(string body, string answer)
    {
        var ada = await PlayerAsync("ada");

        (await ada.CallAsync("POST", Channels, body)).Expect(400, answer);
    }

    [Test]
    public async Task BadBody_IsRefusedBeforeTheKeyIsLookedAt()
    {
        (await BareCallAsync("POST", Channels, "{\"name\":"))
            .Expect(400, """{"status":400,"body":"{\"name\":","message":"Unexpected end of JSON input"}""");
    }

    [Test]
    public async Task BodyOfAnotherType_CountsAsEmpty()
    {
        var ada = await PlayerAsync("ada");

        (await ada.CallAsync("POST", Channels, """{"name":"x"}""", ("content-type", "text/plain")))
            .Expect(400, """{"errors":{"name":["Invalid input: expected string, received undefined"]}}""");
    }

    [Test]
    public async Task BodyOfMoreThanAMebibyte_IsRefused()
    {
        var ada = await PlayerAsync("ada");

        (await ada.CallAsync("POST", Channels, $$"""{"name":"{{new string('x', 1_100_000)}}"}""")).Expect(
            413, """{"message":"request entity too large","expected":1100011,"length":1100011,"limit":1048576,"type":"entity.too.large"}""");
    }

    [Test]
    public async Task Validation_ComesBeforeScopes()
    {
        var key = Server.ReadOnlyKeyOrIgnore();
        var ada = await PlayerAsync("ada");

        (await ada.CallAsync("POST", Channels, "{}", ("authorization", $"Bearer {key}")))
            .Expect(400, """{"errors":{"name":["Invalid input: expected string, received undefined"]}}""");
    }

    [TestCase("page=-1", """{"errors":{"page":["Too small: expected number to be >=0"]}}""")]
    [TestCase("page=x", """{"errors":{"page":["Invalid input: expected number, received NaN"]}}""")]
    [TestCase("page=0&page=1", """{"errors":{"page":["Invalid input: expected number, received NaN"]}}""")]
    public async Task BadPage_IsRefused(string query, string answer)
    {
        (await CallAsync("GET", $"{Channels}?{query}")).Expect(400, answer);
    }

    [Test]
    public async Task PagePastTheEnd_IsTheLastOne()
    {
        (await CallAsync("GET", $"{Channels}?page=9999")).Expect(200, """{"channels":[],"count":<count>,"itemsPerPage":50,"isLastPage":true}""");
        (await CallAsync("GET", $"{Channels}?page=&search={Unique("nothing")}"))
            .Expect(200, """{"channels":[],"count":0,"itemsPerPage":50,"isLastPage":true}""");
    }

    [TestCase("abc", 400, """{"errors":{"id":["Invalid input: expected number, received NaN"]}}""")]
    [TestCase("999999999", 404, """{"message":"Channel not found"}""")]
    [TestCase("-1", 404, """{"message":"Channel not found"}""")]
    [TestCase("0", 404, """{"message":"Channel not found"}""")]
    public async Task BadId_IsRefused(string id, int status, string answer)
    {
        (await CallAsync("GET", $"{Channels}/{id}")).Expect(status, answer);
    }

    [Test]
    public async Task Preflight_AllowsWhatIsAskedFor()
    {
        var answer = (await BareCallAsync(
            "OPTIONS", Channels, null, ("origin", "https://game.example"), ("access-control-request-method", "POST"),
            ("access-control-request-headers", "authorization,x-talo-alias"))).Expect(204);

        Assert.That(answer.Header("Access-Control-Allow-Methods"), Is.EqualTo("GET,HEAD,PUT,POST,DELETE,PATCH"));
        Assert.That(answer.Header("Access-Control-Allow-Headers"), Is.EqualTo("authorization,x-talo-alias"));
    }

    [Test]
    public async Task AnswerOfMoreThanAKibibyte_IsCompressedForWhoAsks()
    {
        var ada = await PlayerAsync("ada");
        var props = $"{Shape.Prop("a", new string('a', 500))},{Shape.Prop("b", new string('b', 500))}";
        var channel = await CreateChannelAsync(ada, $"\"props\":[{props}]");
        var body = $$"""{"channel":{{Shape.Channel(channel, ada, members: 1, props: props)}}}""";

        (await CallAsync("GET", channel.Path)).Expect(200, body);
        var compressed = await CallAsync("GET", channel.Path, null, ("accept-encoding", "gzip"));

        Assert.That(compressed.Header("Content-Encoding"), Is.EqualTo("gzip"));
        using var text = new StreamReader(new GZipStream(new MemoryStream(compressed.Bytes), CompressionMode.Decompress), Encoding.UTF8);
        Template.Check(await text.ReadToEndAsync(), body, "The compressed answer");
    }
}
