using System;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Tests.PlayerAuth;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.Players;

/// <summary>HTTP answers with a good status that name nobody, another player than asked, or no usable token: they change nobody.</summary>
public sealed class WrongIdentityTests
{
    private const string Grace = """{"id":102,"service":"talo","identifier":"grace","player":{"id":"player-of-grace"}}""";
    private const string Tokens = ""","socketToken":"t-1234567","sessionToken":"s-1234567","refreshToken":"r-1234567" """;

    private static readonly string[] Nobody = ["null", "{}", "[]", "5", "\"ada\"", """{"id":0}""", """{"id":-1}""", """{"id":"x"}""", """{"id":4294967397}"""];

    private static readonly string[] NoToken = ["", "null", "\"\"", "5", "true", "{}", "[]"];

    private static void IsRefused(Task call)
    {
        var error = PlayedSession.Error(call);
        Assert.That(error, Is.InstanceOf<TaloException>().With.Property("Status").EqualTo(200).And.Property("IsTransient").False, $"{error}");
        Assert.That(error.Message, Does.Contain("is not what Talo sends"));
    }

    private static string Member(string name, string value) => value.Length == 0 ? "" : $"""","{name}":{value}"""";

    private static string[] Bodies() =>
    [
        "", "{}", "null", "[]", "5", "<html></html>", """{"socketToken":"t-1234567"}""",
        .. Nobody.Select(alias => $$"""{"socketToken":"t-1234567","alias":{{alias}}}"""),
        .. NoToken.Select(token => $$"""{"alias":{{Grace}}{{Member("socketToken", token)}}}"""),
    ];

    private static string[] SignInBodies() =>
    [
        "{}", $$"""{"x":1{{Tokens}}}""",
        .. Nobody.Select(alias => $$"""{"alias":{{alias}}{{Tokens}}}"""),
        .. NoToken.Select(token => $$"""{"alias":{{Grace}},"sessionToken":"s-1234567"{{Member("socketToken", token)}}}"""),
        .. NoToken.Select(token => $$"""{"alias":{{Grace}},"socketToken":"t-1234567"{{Member("sessionToken", token)}}}"""),
        $$"""{"alias":{"id":102,"identifier":"grace"}{{Tokens}}}""",
        $$"""{"alias":{"id":102,"identifier":"grace","player":{"id":""} }{{Tokens}}}""",
        """{"verificationRequired":true}""", """{"verificationRequired":true,"aliasId":0}""", """{"verificationRequired":true,"aliasId":-3}""",
    ];

    [TestCaseSource(nameof(Bodies))]
    public void Identify_ChangesNobody(string body)
    {
        using var session = new PlayedSession().Identified("ada");
        var failed = 0;
        session.Talo.Players.IdentificationFailed.Subscribe(_ => failed++);
        session.Server.Http.On("GET", "/v1/players/identify").ReplyOnce(200, body);
        var identify = session.Talo.Players.IdentifyAsync("username", "grace");
        session.Settle();
        IsRefused(identify);
        Assert.That((session.Talo.CurrentAlias!.Identifier, session.Talo.Socket.IsIdentified, failed), Is.EqualTo(("ada", true, 1)));
        Assert.That(session.Server.Transport.Links, Has.Count.EqualTo(1));
        session.Server.Link.Lose();
        session.Advance(2);
        Assert.That((session.Talo.Socket.IsIdentified, session.Errors.Count), Is.EqualTo((true, 0)), "with the token of before");
    }

    [Test]
    public void SignIn_ChangesNobody_AndKeepsNoSession([ValueSource(nameof(SignInBodies))] string body, [Values("register", "login", "verify")] string call)
    {
        var store = new MemorySessionStore();
        using var session = new PlayedSession(x => x.PlayerAuth.SessionStore = store).Identified("ada");
        session.Server.Http.On("POST", "/v1/players/auth/" + call).Reply(200, body);
        var auth = session.Talo.PlayerAuth;
        Task task = call switch
        {
            "register" => auth.RegisterAsync("grace", "pass-of-grace"),
            "login" => auth.LoginAsync("grace", "pass-of-grace"),
            _ => auth.VerifyAsync(102, "123456"),
        };
        session.Settle();
        IsRefused(task);
        Assert.That((session.Talo.CurrentAlias!.Identifier, session.Talo.Socket.IsIdentified, auth.IsSignedIn), Is.EqualTo(("ada", true, false)));
        Assert.That(store.LoadAsync(default).Result, Is.Null);
    }

    [Test]
    public void Verify_OfAnotherAliasThanAsked_ChangesNobody()
    {
        using var session = new PlayedSession().Identified("ada");
        session.Server.Http.On("POST", "/v1/players/auth/verify").Reply(200, $$"""{"alias":{{Grace}}{{Tokens}}}""");
        var verify = session.Talo.PlayerAuth.VerifyAsync(107, "123456");
        session.Settle();
        IsRefused(verify);
        Assert.That(session.Talo.CurrentAlias!.Identifier, Is.EqualTo("ada"));
    }

    [TestCase("change_identifier")]
    [TestCase("migrate")]
    public void AccountOfAnother_ChangesNobody(string call)
    {
        using var session = new PlayedSession();
        var server = SignIn(session);
        var alias = session.Talo.CurrentAlias;
        foreach (var answer in Nobody.Append(Grace))
        {
            session.Server.Http.On("POST", "/v1/players/auth/" + call).Reply(200, $$"""{"alias":{{answer}}}""");
            Task task = call == "migrate"
                ? session.Talo.PlayerAuth.MigrateAccountAsync("s3cret-pass", "username", "ada")
                : session.Talo.PlayerAuth.ChangeIdentifierAsync("s3cret-pass", "adamant");
            session.Settle();
            IsRefused(task);
            Assert.That((session.Talo.CurrentAlias, session.Talo.PlayerAuth.IsSignedIn), Is.EqualTo((alias, true)), answer);
        }

        Assert.That(server.Refreshes, Is.Zero);
    }

    [Test]
    public void IdentifyAgain_AnsweredWithAnother_EndsNoSession()
    {
        using var session = new PlayedSession();
        _ = SignIn(session);
        session.Server.Http.On("GET", "/v1/players/identify").Reply(200, $$"""{"alias":{{Grace}},"socketToken":"t-1234567"}""");
        var again = session.Talo.Players.IdentifyAsync("talo", "ada");
        session.Settle();
        IsRefused(again);
        Assert.That((session.Talo.CurrentAlias!.Identifier, session.Talo.PlayerAuth.IsSignedIn), Is.EqualTo(("ada", true)));
    }

    [Test]
    public void KeptSession_AnsweredWithAnother_IsAnError_AndIsKept()
    {
        var store = new MemorySessionStore();
        using var session = new PlayedSession(x => x.PlayerAuth.SessionStore = store);
        var server = new AccountServer(session);
        _ = store.SaveAsync(server.NewSession(), default);
        session.Server.Http.On("GET", "/v1/players/identify").Reply(200, $$"""{"alias":{{Grace}},"socketToken":"t-1234567"}""");
        var start = session.Talo.PlayerAuth.StartSessionAsync();
        session.Settle();
        IsRefused(start);
        Assert.That((session.Talo.HasIdentity, store.LoadAsync(default).Result is null), Is.EqualTo((false, false)));
    }

    [TestCase("{}")]
    [TestCase("""{"player":{}}""")]
    [TestCase("""{"player":{"id":"somebody-else","aliases":[]}}""")]
    public void KeptSessionOfARenamedPlayer_AnsweredWithAnother_IsKept(string body)
    {
        var store = new MemorySessionStore();
        using var session = new PlayedSession(x => x.PlayerAuth.SessionStore = store);
        var server = new AccountServer(session);
        var lost = 0;
        session.Talo.PlayerAuth.SessionLost.Subscribe(_ => lost++);
        _ = store.SaveAsync(server.NewSession(), default);
        session.Server.Http.On("GET", "/v1/players/identify").Reply(404, new { message = "Player not found" });
        session.Server.Http.On("GET", $"/v1/players/{server.Ada.PlayerId}").Reply(200, body);
        var start = session.Talo.PlayerAuth.StartSessionAsync();
        session.Settle();
        Assert.That(PlayedSession.Error(start), Is.InstanceOf<TaloException>());
        Assert.That((lost, store.LoadAsync(default).Result is null), Is.EqualTo((0, false)));
    }

    [Test]
    public void NewToken_FromAnIdentifyOfAnother_IsNotUsed()
    {
        using var session = new PlayedSession().Identified("ada");
        session.Server.Http.On("POST", "/v1/players/socket-token").Reply(403, new { message = "Missing access key scope(s): write:players" });
        session.Server.Http.On("GET", "/v1/players/identify").Reply(200, $$"""{"alias":{{Grace}},"socketToken":"t-of-grace-1234"}""");
        session.Server.Player("ada").ReplaceSocketToken();
        session.Server.Link.Lose();
        session.Advance(30);
        Assert.That(session.Server.Link.Sent.Select(x => (string?)x.Data["socketToken"]), Has.None.EqualTo("t-of-grace-1234"));
        Assert.That(session.Faults.Select(x => x.Kind), Is.Not.Empty.And.All.EqualTo(TaloFaultKind.BackgroundCallFailed));
        Assert.That(session.Talo.CurrentAlias!.Identifier, Is.EqualTo("ada"));
    }

    [TestCaseSource(nameof(NoToken))]
    public void NewToken_ThatIsNone_IsNotUsed(string token)
    {
        using var session = new PlayedSession().Identified("ada");
        session.Server.Http.On("POST", "/v1/players/socket-token").Reply(200, $$"""{"x":1{{Member("socketToken", token)}}}""");
        session.Server.Player("ada").ReplaceSocketToken();
        session.Server.Link.Lose();
        session.Advance(600);
        Assert.That(session.Server.Link.Sent.Where(x => x.Req == "v1.players.identify").Select(x => ((string?)x.Data["socketToken"])!.Length), Is.All.GreaterThan(10));
        Assert.That(session.Server.Http.CallsTo("POST", "/v1/players/socket-token"), Has.Count.InRange(15, 40));
        Assert.That(session.Talo.Socket.State.Cause!.Kind, Is.EqualTo(ConnectionCauseKind.IdentifyFailed));
    }

    [Test]
    public void Refresh_WithoutAToken_ChangesNothing([ValueSource(nameof(NoToken))] string token, [Values("sessionToken", "refreshToken")] string which)
    {
        using var session = new PlayedSession();
        var server = SignIn(session);
        var other = which == "sessionToken" ? "refreshToken" : "sessionToken";
        session.Server.Http.On("POST", "/v1/players/auth/refresh").Reply(200, $$"""{"{{other}}":"x-1234567"{{Member(which, token)}}}""");
        var refresh = session.Talo.PlayerAuth.RefreshAsync();
        session.Settle();
        IsRefused(refresh);
        Assert.That(session.Talo.PlayerAuth.IsSignedIn, Is.True);
        session.Server.Link.Lose();
        session.Advance(2);
        Assert.That((session.Talo.Socket.IsIdentified, server.Shows[^1]), Is.EqualTo((true, server.SessionToken)));
    }

    [TestCase("""{"player":{}}""")]
    [TestCase("""{"player":{"id":"player-of-grace"}}""")]
    public void Merge_AnsweredWithAnother_ChangesNobody(string body)
    {
        using var session = new PlayedSession().Identified("ada");
        var alias = session.Talo.CurrentAlias!;
        session.Server.Http.On("POST", "/v1/players/merge").Reply(200, body);
        var merge = session.Talo.Players.MergeAsync("3f0c7a52", alias.Player.Id);
        session.Settle();
        IsRefused(merge);
        Assert.That(session.Talo.CurrentAlias, Is.EqualTo(alias));
    }

    private static AccountServer SignIn(PlayedSession session)
    {
        var server = new AccountServer(session);
        _ = session.Talo.PlayerAuth.LoginAsync("ada", "s3cret-pass");
        session.Settle();
        Assert.That(session.Talo.PlayerAuth.IsSignedIn, Is.True);
        return server;
    }
}
