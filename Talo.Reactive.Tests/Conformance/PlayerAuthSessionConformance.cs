using System.Globalization;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>What the session of a player with Talo auth is asked for and what ends it.</summary>
[TestFixture]
public sealed class PlayerAuthSessionConformance : PlayerAuthTests
{
    private const string Identify = "v1.players.identify";
    private const string Message = """{"req":"v1.channels.message","data":{"channel":{"id":999999999},"message":"x"}}""";

    private static readonly string BadSession = Shape.Error(Identify, "Invalid session token", "INVALID_SESSION_TOKEN");
    private static readonly string NoSuchChannel = Shape.ListenerError("v1.channels.message", "Channel not found");

    [Test]
    public async Task HttpIdentifyOfATaloAlias_NeedsItsSession()
    {
        var ada = await AccountAsync();
        var path = $"/v1/players/identify?service=talo&identifier={ada.Identifier}";

        (await CallAsync("GET", path)).Expect(401, AuthShape.MissingSession);
        (await CallAsync("GET", path, null, ("x-talo-session", "bad"))).Expect(401, AuthShape.InvalidSession);
        var answer = (await CallAsync("GET", path, null, ("x-talo-session", ada.Session!)))
            .Expect(200, $$"""{"alias":{{Shape.Alias(ada, auth: AuthShape.Account())}},"socketToken":"<uuid>"}""");
        ada.SocketToken = answer.Text("socketToken");
    }

    [Test]
    public async Task EveryCallOfATaloPlayer_NeedsAliasPlayerAndSession()
    {
        var ada = await AccountAsync();
        var (alias, player, session) =
            (("x-talo-alias", $"{ada.AliasId}"), ("x-talo-player", ada.PlayerId), ("x-talo-session", ada.Session!));

        await IsAnsweredAsync(AuthShape.MissingSession, alias);
        await IsAnsweredAsync(AuthShape.MissingSession, player);
        await IsAnsweredAsync(AuthShape.MissingSession, alias, player, ("x-talo-session", ""));
        await IsAnsweredAsync(AuthShape.InvalidSession, alias, session);
        await IsAnsweredAsync(AuthShape.InvalidSession, player, session);
        await IsAnsweredAsync(AuthShape.InvalidSession, alias, player, ("x-talo-session", "bad"));
        await IsAnsweredAsync(AuthShape.InvalidSession, alias, ("x-talo-player", ada.PlayerId.ToUpperInvariant()), session);

        static async Task IsAnsweredAsync(string body, params (string, string)[] headers) =>
            (await CallAsync("PUT", "/v1/players/presence", """{"online":true}""", headers)).Expect(401, body);
    }

    [Test]
    public async Task TheSession_IsAskedForBeforeAnythingElseIsLookedAt()
    {
        var ada = await AccountAsync();
        var alias = ("x-talo-alias", $"{ada.AliasId}");

        (await CallAsync("PUT", "/v1/players/presence", """{"online":5}""", alias)).Expect(401, AuthShape.MissingSession);
        (await CallAsync("GET", "/v1/nope", null, alias)).Expect(401, AuthShape.MissingSession);
        (await CallAsync("GET", "/v1/health-check", null, alias)).Expect(401, AuthShape.MissingSession);
        (await CallAsync("POST", "/v1/socket-tickets", null, alias)).Expect(401, AuthShape.MissingSession);
    }

    [Test]
    public async Task APresenceOfATaloPlayer_ShowsThatThereIsAnAccountAndNoMore()
    {
        var ada = await AccountAsync();
        ada.Socket = await ConnectAsync(ada);

        (await ada.CallAsync("PUT", "/v1/players/presence", """{"online":true}"""))
            .Expect(200, $$"""{"presence":{{Shape.Presence(ada, online: true, auth: AuthShape.NotLoaded)}}}""");

        await ada.ExpectAsync(Shape.PresenceUpdated(ada, online: true, "", false, true, AuthShape.NotLoaded));
    }

    [Test]
    public async Task SocketIdentifyOfATaloAlias_NeedsItsSession()
    {
        var (linus, _) = await RegisterAsync("linus");
        var socket = await ConnectAsync();
        var data = $"\"playerAliasId\":{linus.AliasId},\"socketToken\":\"{linus.SocketToken}\"";

        await socket.SendAsync($$$"""{"req":"{{{Identify}}}","data":{{{{data}}}}}""");
        await socket.ExpectAsync(BadSession);
        await socket.SendAsync($$$"""{"req":"{{{Identify}}}","data":{{{{data}}},"sessionToken":"bad"}}""");
        await socket.ExpectAsync(BadSession);
        await socket.SendAsync(Message);
        await socket.ExpectAsync(Shape.NoPlayer("v1.channels.message"));
        await socket.SendAsync(linus.IdentifyRequest);
        await socket.ExpectAsync(Shape.Identified(linus, auth: AuthShape.Account()));
    }

    [Test]
    public async Task RefreshableSessions_SayWhenTheyEnd()
    {
        var ada = await AccountAsync();

        var answer = (await SignInAsync(ada, "\"withRefresh\":true")).Expect(200, AuthShape.SignedIn(ada, withRefresh: true));

        Assert.That(LifeOf("sessionToken", "session"), Is.EqualTo(15 * 60));
        Assert.That(LifeOf("refreshToken", "refresh"), Is.EqualTo(30 * 24 * 60 * 60));

        long LifeOf(string name, string type)
        {
            var payload = Payload(answer.Text(name));
            Template.Check(
                payload,
                $$"""{"playerId":"{{ada.PlayerId}}","aliasId":{{ada.AliasId}},"type":"{{type}}","iat":<count>,"exp":<count>}""",
                $"The {name}");
            return Number(payload, "exp") - Number(payload, "iat");
        }
    }

    [Test]
    public async Task ARefresh_ReplacesBothTokensAndLeavesTheSocketToken()
    {
        var ada = await AccountAsync();
        var first = (await SignInAsync(ada, "\"withRefresh\":true")).Text("refreshToken");

        // A refresh asks for no session, whatever the headers say.
        var answer = (await ada.CallAsync("POST", $"{Auth}/refresh", Refresh(first), ("x-talo-session", "bad")))
            .Expect(200, """{"sessionToken":"<token>","refreshToken":"<token>"}""");

        (await TryAsync(ada)).Expect(401, AuthShape.InvalidSession);
        ada.Session = answer.Text("sessionToken");
        Assert.That((await TryAsync(ada)).Status, Is.EqualTo(200));
        (await CallAsync("POST", $"{Auth}/refresh", Refresh(first))).Expect(401, AuthShape.InvalidRefreshToken);
        (await CallAsync("POST", $"{Auth}/refresh", Refresh(ada.Session))).Expect(401, AuthShape.InvalidRefreshToken);
        var socket = await ConnectAsync();
        await socket.SendAsync(ada.IdentifyRequest);
        await socket.ExpectAsync(Shape.Identified(ada, auth: AuthShape.Account()));
    }

    [Test]
    public async Task BadRefreshTokens_AreRefused()
    {
        (await CallAsync("POST", $"{Auth}/refresh", Refresh("x"))).Expect(401, AuthShape.InvalidRefreshToken);
        (await CallAsync("POST", $"{Auth}/refresh", "{}"))
            .Expect(400, Shape.Errors("refreshToken", "Invalid input: expected string, received undefined"));
    }

    [Test]
    public async Task ALogout_EndsTheSessionAndItsRefreshButNotTheSocket()
    {
        var ada = await AccountAsync();
        var refresh = (await SignInAsync(ada, "\"withRefresh\":true")).Text("refreshToken");
        ada.Socket = await ConnectAsync(ada);

        (await ada.CallAsync("POST", $"{Auth}/logout")).Expect(204);

        (await ada.CallAsync("POST", $"{Auth}/logout")).Expect(401, AuthShape.InvalidSession);
        (await CallAsync("POST", $"{Auth}/refresh", Refresh(refresh))).Expect(401, AuthShape.InvalidRefreshToken);
        await ada.SendAsync(ada.IdentifyRequest);
        await ada.ExpectAsync(BadSession);
        await ada.SendAsync(Message);
        await ada.ExpectAsync(NoSuchChannel);
        ada.Session = null;
    }

    [Test]
    public async Task ALogoutOfNobody_NeedsAllThreeHeaders()
    {
        (await CallAsync("POST", $"{Auth}/logout")).Expect(
            400,
            """{"errors":{"x-talo-player":["x-talo-player header must be a valid player ID"],"x-talo-alias":["x-talo-alias is missing from the request headers"],"x-talo-session":["x-talo-session header is required"]}}""");
    }

    [Test]
    public async Task ALogoutOfAPlayerWithoutAnAccount_IsRefused()
    {
        var grace = await PlayerAsync("grace");

        (await grace.CallAsync("POST", $"{Auth}/logout", null, ("x-talo-session", "any")))
            .Expect(400, Shape.Message("Player does not have authentication"));
    }

    private static string Refresh(string token) => $$"""{"refreshToken":"{{token}}"}""";

    private static long Number(string json, string name) =>
        long.Parse(json.Split($"\"{name}\":")[1].Split(',', '}')[0], CultureInfo.InvariantCulture);
}
