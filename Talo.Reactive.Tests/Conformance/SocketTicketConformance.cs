using System;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class SocketTicketConformance : ConformanceTests
{
    private const string Tickets = "/v1/socket-tickets";
    private const string BadToken = """{"message":"Please provide a valid token in the Authorization header"}""";

    [Test]
    public async Task Ticket_IsOneUuid()
    {
        var answer = (await CallAsync("POST", Tickets)).Expect(200, """{"ticket":"<uuid>"}""");

        Assert.That(answer.Header("Content-Length"), Is.EqualTo("49"));
    }

    [Test]
    public async Task Ticket_NeedsNoScope()
    {
        (await BareCallAsync("POST", Tickets, null, Bearer(Server.ReadOnlyKeyOrIgnore()))).Expect(200, """{"ticket":"<uuid>"}""");
    }

    [Test]
    public async Task Ticket_ForADevBuildLooksTheSame()
    {
        (await CallAsync("POST", Tickets, null, ("x-talo-dev-build", "1"))).Expect(200, """{"ticket":"<uuid>"}""");
    }

    [Test]
    public async Task ABodyAndASlashAtTheEnd_DoNotMatter()
    {
        (await CallAsync("POST", Tickets + "/", "{}")).Expect(200, """{"ticket":"<uuid>"}""");
    }

    [Test]
    public async Task WithoutAuthorization_Is401()
    {
        (await BareCallAsync("POST", Tickets)).Expect(401, """{"message":"Authentication Error"}""");
    }

    [Test]
    public async Task Garbage_Is401()
    {
        (await BareCallAsync("POST", Tickets, null, Bearer("garbage"))).Expect(401, BadToken);
    }

    [Test]
    public async Task ForgedKey_Is401()
    {
        var id = JsonDocument.Parse(FromBase64Url(Server.Game.AccessKey.Split('.')[1])).RootElement.GetProperty("sub").GetInt32();

        (await BareCallAsync("POST", Tickets, null, Bearer(Forged(id)))).Expect(401, BadToken);
    }

    [Test]
    public async Task KeyThatDoesNotExist_Is401()
    {
        (await BareCallAsync("POST", Tickets, null, Bearer(Forged(999_999_999)))).Expect(401, """{"message":"Unauthorized"}""");
    }

    [Test]
    public async Task LowerCaseScheme_Is401()
    {
        (await BareCallAsync("POST", Tickets, null, ("authorization", $"bearer {Server.Game.AccessKey}"))).Expect(401, BadToken);
    }

    [Test]
    public async Task AnotherScheme_Is401()
    {
        (await BareCallAsync("POST", Tickets, null, ("authorization", $"Basic {Server.Game.AccessKey}")))
            .Expect(401, """{"message":"Bad Authorization header format. Format is \"Authorization: Bearer <token>\""}""");
    }

    [Test]
    public async Task Get_IsNoRoute()
    {
        var answer = (await CallAsync("GET", Tickets)).Expect(404, "Not Found");

        Assert.That(answer.Header("Content-Type"), Is.EqualTo("text/plain; charset=utf-8"));
    }

    private static (string, string) Bearer(string key) => ("authorization", $"Bearer {key}");

    private static string Forged(int key) =>
        $"{ToBase64Url("""{"alg":"HS256","typ":"JWT"}""")}.{ToBase64Url($$"""{"sub":{{key}},"api":true,"iat":1772475611}""")}.{ToBase64Url("no signature of the server")}";

    private static string ToBase64Url(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static byte[] FromBase64Url(string text) =>
        Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - text.Length % 4) % 4));
}
