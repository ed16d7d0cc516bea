using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Loopback.Server;

public sealed class SocketTicketTests : LoopbackFixture
{
    private const string InvalidToken = """{"message":"Please provide a valid token in the Authorization header"}""";

    [TestCase("/v1/socket-tickets", null)]
    [TestCase("/v1/socket-tickets/", "{}")]
    public async Task AnyKey_GetsATicketWithTalosHeaders(string path, string? body)
    {
        var answer = await Api.PostAsync(path, body, key: Talo.CreateAccessKey("read:players"));
        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, """{"ticket":"#"}""")));
        var headers = answer.Message.Headers.Concat(answer.Message.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value));
        Assert.That(headers["Access-Control-Allow-Origin"], Is.EqualTo("*"));
        Assert.That(headers["Content-Type"], Is.EqualTo("application/json; charset=utf-8"));
        Assert.That(headers["Content-Length"], Is.EqualTo("49"));
        Assert.That(headers["Vary"], Is.EqualTo("Origin, Accept-Encoding"));
        Assert.That(headers["Date"], Is.EqualTo("Mon, 02 Mar 2026 18:20:11 GMT"));
    }

    [Test]
    public async Task NoAuthorization_Is401()
    {
        var answer = await Api.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/v1/socket-tickets"));
        Assert.That((answer.Status, answer.Body), Is.EqualTo((401, """{"message":"Authentication Error"}""")));
    }

    [TestCase("Bearer garbage", InvalidToken)]
    [TestCase("Bearer", """{"message":"Bad Authorization header format. Format is \"Authorization: Bearer <token>\""}""")]
    [TestCase("Basic abc", """{"message":"Bad Authorization header format. Format is \"Authorization: Bearer <token>\""}""")]
    [TestCase("Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOjk5OX0.c2ln", """{"message":"Unauthorized"}""")]
    [TestCase("Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOjF9.c2ln", InvalidToken)]
    public async Task ABadAuthorization_Is401(string header, string body)
    {
        var answer = await Api.SendAsync(HttpMethod.Post, "/v1/socket-tickets", headers: ("Authorization", header));
        Assert.That((answer.Status, answer.Body), Is.EqualTo((401, body)));
    }

    [Test]
    public async Task ALowerCaseScheme_Is401()
    {
        var answer = await Api.SendAsync(HttpMethod.Post, "/v1/socket-tickets", headers: ("Authorization", "bearer " + Talo.AccessKey));
        Assert.That((answer.Status, answer.Body), Is.EqualTo((401, InvalidToken)));
    }

    [Test]
    public async Task ARevokedKey_Is401()
    {
        var key = Talo.CreateAccessKey();
        Talo.RevokeAccessKey(key);
        var answer = await Api.PostAsync("/v1/socket-tickets", key: key);
        Assert.That((answer.Status, answer.Body), Is.EqualTo((401, InvalidToken)));
    }

    [TestCase("GET", "/v1/socket-tickets")]
    [TestCase("POST", "/v1/nothing")]
    [TestCase("GET", "/v1//health-check")]
    public async Task AnUnknownRoute_IsPlainText404(string method, string path)
    {
        var answer = await Api.SendAsync(new HttpMethod(method), path);
        Assert.That((answer.Status, answer.Body), Is.EqualTo((404, "Not Found")));
        Assert.That(answer.Message.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/plain; charset=utf-8"));
    }

    [TestCase("/v1/health-check")]
    [TestCase("/public/health")]
    public async Task HealthChecks_AreEmpty204(string path)
    {
        var answer = await Api.GetAsync(path);
        Assert.That((answer.Status, answer.Body), Is.EqualTo((204, "")));
    }
}
