using System;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class IdentifyConformance : ConformanceTests
{
    private const string Identify = "v1.players.identify";

    private static readonly string BadToken = Shape.Error(Identify, "Invalid socket token", "INVALID_SOCKET_TOKEN");

    [Test]
    public async Task HttpIdentify_CreatesThePlayerOnceHoweverTheNameIsSpelt()
    {
        var name = Unique("ada");

        var created = (await HttpIdentifyAsync(name)).Expect(200, Identified(name));
        var found = (await HttpIdentifyAsync(name)).Expect(200, Identified(name));
        var trimmed = (await HttpIdentifyAsync($"%20{name}%20")).Expect(200, Identified(name));
        var shouted = (await HttpIdentifyAsync(name.ToUpperInvariant())).Expect(200, Identified(name));

        int[] aliases = [found.Int("alias.id"), trimmed.Int("alias.id"), shouted.Int("alias.id")];
        Assert.That(aliases, Is.All.EqualTo(created.Int("alias.id")));
        Assert.That(found.Text("alias.player.id"), Is.EqualTo(created.Text("alias.player.id")));
        Assert.That(found.Text("socketToken"), Is.Not.EqualTo(created.Text("socketToken")));

        static string Identified(string name) =>
            $$$"""{"alias":{"id":<id>,"service":"username","identifier":"{{{name}}}","displayName":"{{{name}}}","player":{"id":"<uuid>","props":[],"devBuild":false,"createdAt":"<time>","lastSeenAt":"<time>","groups":[],"presence":null},"lastSeenAt":"<time>","createdAt":"<time>","updatedAt":"<time>"},"socketToken":"<uuid>"}""";
    }

    [TestCase("", """{"errors":{"service":["service is missing from the request query"],"identifier":["identifier is missing from the request query"]}}""")]
    [TestCase("?service=username&identifier=", """{"errors":{"identifier":["Invalid identifier, must be a non-empty string"]}}""")]
    public async Task HttpIdentifyWithoutAName_IsRefused(string query, string body)
    {
        (await CallAsync("GET", "/v1/players/identify" + query)).Expect(400, body);
    }

    [Test]
    public async Task HttpIdentifyOfATaloAlias_CreatesNobody()
    {
        (await CallAsync("GET", $"/v1/players/identify?service=talo&identifier={Unique("nobody")}"))
            .Expect(404, """{"message":"Player not found: Talo aliases must be created using the /v1/players/auth API"}""");
    }

    [Test]
    public async Task HttpIdentifyInADevBuild_MarksThePlayer()
    {
        var ada = await PlayerAsync("ada");
        var dev = await NewPlayerAsync("dev", ("x-talo-dev-build", "1"));
        Assert.That(dev.IsDev, Is.True);
        var socket = await ConnectAsync();

        await socket.SendAsync(dev.IdentifyRequest);

        await socket.ExpectAsync(Shape.Identified(dev));
        await ada.ExpectAsync(Shape.PresenceUpdated(dev, online: true, "", true, true));
    }

    [Test]
    public async Task BadSocketIdentify_LeavesTheConnectionUnidentified()
    {
        var linus = await NewPlayerAsync("linus");
        var socket = await ConnectAsync();
        (string Data, string Answer)[] cases =
        [
            ($$"""{"playerAliasId":{{linus.AliasId}},"socketToken":"wrong"}""", BadToken),
            ("""{"playerAliasId":999999999,"socketToken":"wrong"}""", BadToken),
            Invalid($$"""{"playerAliasId":"{{linus.AliasId}}","socketToken":"{{linus.SocketToken}}"}"""),
            Invalid($$"""{"playerAliasId":{{linus.AliasId}}}"""),
            Invalid($$"""{"playerAliasId":{{linus.AliasId}},"socketToken":"{{linus.SocketToken}}","sessionToken":null}"""),
        ];

        foreach (var (data, answer) in cases)
        {
            await socket.SendAsync($$"""{"req":"v1.players.identify","data":{{data}}}""");
            await socket.ExpectAsync(answer);
        }
        await socket.SendAsync("""{"req":"v1.channels.message","data":{"channel":{"id":1},"message":"x"}}""");
        await socket.ExpectAsync(Shape.NoPlayer("v1.channels.message"));

        static (string, string) Invalid(string data) => (data, Shape.InvalidData(Identify, data));
    }

    [Test]
    public async Task SocketIdentify_ShowsItsOwnPresenceFirstAndTokensAreNotConsumed()
    {
        var linus = await NewPlayerAsync("linus");
        var socket = await ConnectAsync();

        // The session of an alias without Talo auth does not matter.
        await socket.SendAsync(linus.IdentifyRequest.Replace("}}", ",\"sessionToken\":\"\"}}", StringComparison.Ordinal));
        await socket.ExpectAsync(Shape.Identified(linus));

        await socket.SendAsync(linus.IdentifyRequest);
        await socket.ExpectAsync(Shape.Identified(linus, onlineChanged: false));

        await socket.SendAsync($$$"""{"req":"v1.players.identify","data":{"playerAliasId":{{{linus.AliasId}}},"socketToken":"wrong"}}""");
        await socket.ExpectAsync(BadToken);
        await socket.SendAsync("""{"req":"v1.channels.message","data":{"channel":{"id":999999999},"message":"x"}}""");
        await socket.ExpectAsync(Shape.ListenerError("v1.channels.message", "Channel not found"));
    }

    [Test]
    public async Task IdentifyAsSomebodyElse_LeavesTheFirstOnline()
    {
        var (linus, margaret) = (await NewPlayerAsync("linus"), await NewPlayerAsync("margaret"));
        AfterTest(() => linus.CallAsync("PUT", "/v1/players/presence", """{"online":false}"""));
        var socket = await ConnectAsync(linus);

        await socket.SendAsync(margaret.IdentifyRequest);

        await socket.ExpectAsync(Shape.Identified(margaret));
        await socket.ExpectNothingAsync(Server);
        (await CallAsync("GET", $"/v1/players/presence/{linus.PlayerId}")).Expect(200, $$"""{"presence":{{Shape.Presence(linus, online: true)}}}""");
    }

    [Test]
    public async Task NewToken_ReplacesTheOldOneButNotForSocketsThatHaveUsedIt()
    {
        var linus = await NewPlayerAsync("linus");
        var first = await ConnectAsync(linus);
        var second = await ConnectAsync(linus);
        await first.ExpectAsync(Shape.PresenceUpdated(linus, online: true, "", false, true));
        var old = linus.IdentifyRequest;

        var answer = (await linus.CallAsync("POST", "/v1/players/socket-token")).Expect(200, """{"socketToken":"<uuid>"}""");

        linus.SocketToken = answer.Text("socketToken");
        var third = await ConnectAsync();
        await third.SendAsync(old);
        await third.ExpectAsync(BadToken);
        await third.SendAsync(linus.IdentifyRequest);
        var again = Shape.PresenceUpdated(linus, online: true, "", false, true);
        await third.ExpectAsync(again, Shape.IdentifySuccess(linus, Shape.Online));
        await first.ExpectAsync(again);
        await second.ExpectAsync(again);
    }

    [Test]
    public async Task HttpIdentify_ReplacesTheToken()
    {
        var linus = await NewPlayerAsync("linus");
        var socket = await ConnectAsync();

        (await HttpIdentifyAsync(linus.Identifier)).Expect(200, $$"""{"alias":{{Shape.Alias(linus, Shape.NoPresence)}},"socketToken":"<uuid>"}""");

        await socket.SendAsync(linus.IdentifyRequest);
        await socket.ExpectAsync(BadToken);
    }

    [Test]
    public async Task Token_IsValidForAnHour()
    {
        OwnerOrIgnore("an hour would have to pass");
        var linus = await NewPlayerAsync("linus");

        await LetTimePassAsync(TimeSpan.FromSeconds(3599));
        var inTime = await ConnectAsync(linus);
        await inTime.CloseAsync();
        await LetTimePassAsync(TimeSpan.FromSeconds(1));
        var late = await ConnectAsync();

        await late.SendAsync(linus.IdentifyRequest);
        await late.ExpectAsync(BadToken);
    }

    [Test]
    public async Task AliasOfAnotherGame_IsNotFoundThoughTheTokenIsRight()
    {
        var stranger = await Suite.IdentifyAsync(Server.VerifiedGameOrIgnore(), Unique("stranger"));
        var socket = await ConnectAsync();

        await socket.SendAsync(stranger.IdentifyRequest);

        await socket.ExpectAsync(Shape.ListenerError(Identify, $$"""PlayerAlias not found ({ id: {{stranger.AliasId}}, player: { game: <id> } })"""));
    }

    [TestCase(null, 400, """{"errors":{"x-talo-alias":["x-talo-alias is missing from the request headers"]}}""")]
    [TestCase("abc", 400, """{"errors":{"x-talo-alias":["x-talo-alias header must be a numeric string"]}}""")]
    [TestCase("999999999", 404, """{"message":"Player not found"}""")]
    public async Task SocketTokenWithoutAKnownAlias_IsRefused(string? alias, int status, string body)
    {
        (string, string)[] headers = alias is null ? [] : [("x-talo-alias", alias)];

        (await CallAsync("POST", "/v1/players/socket-token", null, headers)).Expect(status, body);
    }

    private static Task<Answer> HttpIdentifyAsync(string name) =>
        CallAsync("GET", $"/v1/players/identify?service=username&identifier={name}");
}
