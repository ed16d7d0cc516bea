using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.PlayerAuth;

/// <summary>The calls about accounts: what they send, what they change, what they hide.</summary>
public sealed class AccountTests
{
    private PlayedSession played = null!;
    private AccountServer server = null!;
    private MemorySessionStore store = null!;

    private TaloPlayerAuth Auth => played.Talo.PlayerAuth;

    [SetUp]
    public void Start()
    {
        store = new MemorySessionStore();
        played = new PlayedSession(x => x.PlayerAuth.SessionStore = store);
        server = new AccountServer(played);
    }

    [TearDown]
    public void End() => played.Dispose();

    private void SignIn()
    {
        var login = Auth.LoginAsync("ada", "s3cret-pass");
        played.Settle();
        PlayedSession.Result(login);
    }

    private JObject Sent(string method, string path)
    {
        var call = played.Server.Http.CallsTo(method, "/v1/players/auth" + path)[^1];
        return call.Json;
    }

    private void Answers(string method, string path, int status = 204, object? body = null)
    {
        var route = played.Server.Http.On(method, "/v1/players/auth" + path);
        if (body is null) route.Reply(status);
        else route.Reply(status, body);
    }

    private static void IsDone(Task task) => Assert.That(task.IsCompletedSuccessfully, Is.True, $"{task.Exception}");

    [Test]
    public void Register_SendsWhatWasGiven_AndSignsIn()
    {
        var register = Auth.RegisterAsync("ada", "s3cret-pass", "ada@example.org", verificationEnabled: true);
        played.Settle();
        Assert.That(PlayedSession.Result(register).Service, Is.EqualTo("talo"));
        Assert.That(Sent("POST", "/register").ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo(
            """{"identifier":"ada","password":"s3cret-pass","email":"ada@example.org","verificationEnabled":true,"withRefresh":true}"""));
        Assert.That(Auth.IsSignedIn, Is.True);
        Auth.RegisterAsync("grace", "");
        played.Settle();
        Assert.That(Sent("POST", "/register").ContainsKey("email"), Is.False, "the server would refuse null");
    }

    [Test]
    public void LoginWithVerification_AsksForTheCode_AndVerifySignsIn()
    {
        Answers("POST", "/login", 200, new { aliasId = 101, verificationRequired = true });
        var login = Auth.LoginAsync("ada", "s3cret-pass");
        played.Settle();
        Assert.That(PlayedSession.Result(login), Is.EqualTo(new LoginResult { AliasId = 101, VerificationRequired = true }));
        Assert.That(played.Talo.HasIdentity, Is.False);
        var verify = Auth.VerifyAsync(101, " 123456 ");
        played.Settle();
        Assert.That(PlayedSession.Result(verify).Identifier, Is.EqualTo("ada"));
        Assert.That(Sent("POST", "/verify").ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo("""{"aliasId":101,"code":"123456","withRefresh":true}"""));
    }

    [Test]
    public void WrongPassword_IsTheServersAnswer_AndChangesNobody()
    {
        SignIn();
        Answers("POST", "/login", 401, new { message = "Incorrect identifier or password", errorCode = "INVALID_CREDENTIALS" });
        var login = Auth.LoginAsync("grace", "guess");
        played.Settle();
        var error = (TaloException)PlayedSession.Error(login);
        Assert.That((error.PlayerAuthErrorCode, error.Status, error.IsTransient), Is.EqualTo((PlayerAuthErrorCode.InvalidCredentials, 401, false)));
        Assert.That(error.Message, Does.EndWith("Incorrect identifier or password [INVALID_CREDENTIALS]"), "nothing about access keys");
        Assert.That((played.Talo.CurrentAlias!.Identifier, server.Refreshes), Is.EqualTo(("ada", 0)));
    }

    [Test]
    public void Changes_ShowTheSession_AndGoOnWithIt()
    {
        SignIn();
        Answers("POST", "/change_password");
        Answers("POST", "/change_email");
        Answers("PATCH", "/toggle_verification");
        var password = Auth.ChangePasswordAsync("s3cret-pass", "n3xt-pass");
        var email = Auth.ChangeEmailAsync("s3cret-pass", " Ada@Example.org ");
        var verification = Auth.ToggleVerificationAsync("s3cret-pass", true);
        played.Settle();
        IsDone(Task.WhenAll(password, email, verification));
        Assert.That(Sent("POST", "/change_password").ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo("""{"currentPassword":"s3cret-pass","newPassword":"n3xt-pass"}"""));
        Assert.That(Sent("PATCH", "/toggle_verification").ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo("""{"currentPassword":"s3cret-pass","verificationEnabled":true}"""));
        Assert.That(played.Server.Http.CallsTo("*", "/v1/players/auth/*").Skip(1).Select(x => x.Header("x-talo-session")), Is.All.EqualTo(server.SessionToken));
        Assert.That((played.Talo.CurrentPlayer!.Auth!.Email, played.Talo.CurrentPlayer.Auth.VerificationEnabled), Is.EqualTo(("ada@example.org", (bool?)true)));
    }

    [Test]
    public void ChangedIdentifier_IsShown_AndKeptForTheNextStart()
    {
        SignIn();
        var renamed = server.Ada.ToJson();
        renamed["identifier"] = "adamant";
        Answers("POST", "/change_identifier", 200, new { alias = renamed });
        var change = Auth.ChangeIdentifierAsync("s3cret-pass", "Adamant");
        played.Settle();
        Assert.That(PlayedSession.Result(change).Identifier, Is.EqualTo("adamant"));
        Assert.That((played.Talo.CurrentAlias!.Identifier, store.LoadAsync(default).Result!.Identifier), Is.EqualTo(("adamant", "adamant")));
        Assert.That((played.Talo.Socket.IsIdentified, played.Server.Transport.Links.Count), Is.EqualTo((true, 1)));
    }

    [Test]
    public void DeletedAccount_LeavesNobody()
    {
        SignIn();
        Answers("DELETE", "");
        var delete = Auth.DeleteAccountAsync("s3cret-pass");
        played.Settle();
        IsDone(delete);
        Assert.That(Sent("DELETE", "").ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo("""{"currentPassword":"s3cret-pass"}"""));
        Assert.That((played.Talo.HasIdentity, store.LoadAsync(default).Result), Is.EqualTo((false, (PlayerSession?)null)));
    }

    [Test]
    public void MigratedAccount_GoesOnAsThePlayer_WithoutASession()
    {
        SignIn();
        var migrated = server.Ada.ToJson();
        migrated["service"] = "steam";
        migrated["identifier"] = "765";
        Answers("POST", "/migrate", 200, new { alias = migrated });
        played.Server.Http.On("POST", "/v1/game-channels/41/join").Reply(200, new { channel = new { id = 41 } });
        var migrate = Auth.MigrateAccountAsync("s3cret-pass", "steam", "ticket-0815");
        played.Settle();
        var join = played.Talo.Channels.JoinAsync(41);
        played.Settle();
        Assert.That((PlayedSession.Result(migrate).Service, played.Talo.CurrentAlias!.Identifier, Auth.IsSignedIn), Is.EqualTo(("steam", "765", false)));
        Assert.That((store.LoadAsync(default).Result, join.IsCompletedSuccessfully), Is.EqualTo(((PlayerSession?)null, true)));
        Assert.That(played.Server.Http.CallsTo("POST", "/v1/game-channels/*/join")[^1].Header("x-talo-session"), Is.Null);
        Assert.That(played.Talo.Socket.IsIdentified, Is.True);
    }

    [Test]
    public void ForgottenPassword_NeedsNobody()
    {
        Answers("POST", "/forgot_password");
        Answers("POST", "/reset_password");
        var forgot = Auth.ForgotPasswordAsync(" ada@example.org ");
        var reset = Auth.ResetPasswordAsync("654321", "n3xt-pass");
        played.Settle();
        IsDone(Task.WhenAll(forgot, reset));
        Assert.That((string?)Sent("POST", "/forgot_password")["email"], Is.EqualTo("ada@example.org"));
        Assert.That(Sent("POST", "/reset_password").ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo("""{"code":"654321","password":"n3xt-pass"}"""));
    }

    [Test]
    public void Secrets_ShowNowhere()
    {
        var shown = new List<string>();
        played.Talo.Socket.Traffic.Subscribe(x => shown.Add($"{x.Request} {x.Text}"));
        played.Talo.PlayerAuth.SessionLost.Subscribe(x => shown.Add($"{x} {x.Error}"));
        SignIn();
        var tokens = new List<string> { server.SessionToken, server.RefreshToken };
        shown.Add($"{store.LoadAsync(default).Result} {played.Talo.CurrentAlias}");
        Answers("POST", "/change_password", 403, new { message = "not s3cret-pass, not n3xt-pass" });
        // Too short to be found by its value in an ordinary text.
        Answers("POST", "/verify", 403, new { message = "Invalid code", errorCode = "VERIFICATION_CODE_INVALID" });
        Task[] tasks = [Auth.ChangePasswordAsync("s3cret-pass", "n3xt-pass"), Auth.VerifyAsync(1, "q7Z"), Auth.ResetPasswordAsync("r8Y", "w9X")];
        played.Advance(1000);
        tasks = [.. tasks, played.Talo.Channels.JoinAsync(41)];
        played.Settle();
        tokens.AddRange([server.SessionToken, server.RefreshToken]);
        server.SignInElsewhere();
        tasks = [.. tasks, played.Talo.Channels.JoinAsync(41)];
        played.Settle();
        shown.AddRange(tasks.Where(x => x.IsFaulted).Select(x => $"{x.Exception}"));
        shown.AddRange(played.Faults.Select(x => $"{x.Text} {x.Error}"));
        Assert.That(shown, Has.Count.GreaterThan(20));
        foreach (var secret in tokens.Concat(["s3cret-pass", "n3xt-pass", "q7Z", "r8Y", "w9X"]))
            Assert.That(shown.FirstOrDefault(x => x.Contains(secret, StringComparison.Ordinal)), Is.Null);
    }

    [Test]
    public void RestoredTokens_ShowNowhere()
    {
        var session = server.NewSession();
        store.SaveAsync(session, default);
        var shown = new List<string>();
        played.Talo.Socket.Traffic.Subscribe(x => shown.Add(x.Text));
        var start = Auth.StartSessionAsync();
        played.Settle();
        IsDone(start);
        Assert.That(shown, Has.Some.Contains("v1.players.identify").And.None.Contains(session.SessionToken));
    }

    [Test]
    public void Arguments_AreChecked_AndAnAccountIsNeeded()
    {
        Assert.That(() => Auth.LoginAsync(" ", "x"), Throws.ArgumentException);
        Assert.That(() => Auth.LoginAsync("ada", null!), Throws.ArgumentNullException);
        Assert.That(() => Auth.RegisterAsync("", "x"), Throws.ArgumentException);
        Assert.That(() => Auth.VerifyAsync(1, " "), Throws.ArgumentException);
        Assert.That(() => Auth.ForgotPasswordAsync(""), Throws.ArgumentException);
        Assert.That(() => Auth.ResetPasswordAsync("", "x"), Throws.ArgumentException);
        Assert.That(() => Auth.LogoutAsync(), Throws.TypeOf<TaloException>().With.Message.Contains("LoginAsync"));
        played.Server.Http.On("GET", "/v1/players/identify").Reply(_ => Talo.Reactive.Testing.ScriptedReply.Json(200, new { alias = played.Server.Player("guest").ToJson(), socketToken = "t-0815" }));
        played.Talo.Players.IdentifyAsync("username", "guest");
        played.Settle();
        Assert.That(() => Auth.ChangeEmailAsync("x", "a@b.org"), Throws.TypeOf<TaloException>().With.Message.Contains("LoginAsync"));
        Assert.That(() => Auth.RefreshAsync(), Throws.TypeOf<TaloException>());
        SignIn();
        Assert.That(() => Auth.ChangeEmailAsync("x", " "), Throws.ArgumentException);
        Assert.That(() => Auth.ChangeIdentifierAsync("x", ""), Throws.ArgumentException);
        Assert.That(() => Auth.MigrateAccountAsync("x", "", "y"), Throws.ArgumentException);
        Assert.That(() => Auth.DeleteAccountAsync(null!), Throws.ArgumentNullException);
    }

    [Test]
    public void ErrorCodes_AreOpenEnded()
    {
        var error = new TaloException("x") { ErrorCode = "NEW_ONE" };
        Assert.That((error.PlayerAuthErrorCode == new PlayerAuthErrorCode("NEW_ONE"), $"{error.PlayerAuthErrorCode}"), Is.EqualTo((true, "NEW_ONE")));
        Assert.That(new TaloException("x").PlayerAuthErrorCode, Is.EqualTo(default(PlayerAuthErrorCode)));
        Assert.That(PlayerAuthErrorCode.EmailTaken, Is.Not.EqualTo(PlayerAuthErrorCode.IdentifierTaken));
    }
}
