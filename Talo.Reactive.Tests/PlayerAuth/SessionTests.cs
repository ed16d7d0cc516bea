using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive.Testing;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.PlayerAuth;

/// <summary>What happens to the session of a signed-in player.</summary>
public sealed class SessionTests
{
    private readonly List<string> told = [];
    private MemorySessionStore store = null!;
    private PlayedSession played = null!;
    private AccountServer server = null!;

    [SetUp]
    public void Start() => Open(new MemorySessionStore());

    [TearDown]
    public void End() => played.Dispose();

    private void Open(MemorySessionStore kept, Action<TaloClientOptions>? configure = null, TestScheduler? scheduler = null)
    {
        played?.Dispose();
        store = kept;
        told.Clear();
        played = new PlayedSession(x =>
        {
            x.PlayerAuth.SessionStore = store;
            configure?.Invoke(x);
        }, scheduler);
        server = new AccountServer(played);
        played.Talo.Players.Identified.Subscribe(x => told.Add($"is {x.Identifier}"));
        played.Talo.Players.IdentityCleared.Subscribe(x => told.Add($"was {x.Identifier}"));
        played.Talo.Players.IdentificationFailed.Subscribe(x => told.Add($"failed {x.Service}"));
        played.Talo.PlayerAuth.SessionFound.Subscribe(x => told.Add($"found {x.Identifier}"));
        played.Talo.PlayerAuth.SessionNotFound.Subscribe(_ => told.Add("none"));
        played.Talo.PlayerAuth.SessionLost.Subscribe(x => told.Add($"lost {x.Identifier}"));
    }

    private PlayerSession? Kept => store.LoadAsync(default).Result;

    private HttpExchange Last(string method, string path) => played.Server.Http.CallsTo(method, path)[^1];

    private void SignIn()
    {
        var login = played.Talo.PlayerAuth.LoginAsync("ada", "s3cret-pass");
        played.Settle();
        Assert.That(PlayedSession.Result(login).Alias!.Identifier, Is.EqualTo("ada"));
        Assert.That(played.Talo.Socket.IsIdentified, Is.True, played.Path);
    }

    private Task<Channel> Join() => played.Talo.Channels.JoinAsync(41);

    [Test]
    public void SignedIn_ShowsTheSession_ToHttpAndSocket_AndKeepsIt()
    {
        SignIn();
        var join = Join();
        played.Settle();
        PlayedSession.Result(join);
        var call = Last("POST", "/v1/game-channels/*/join");
        Assert.That(new[] { call.Header("x-talo-player"), call.Header("x-talo-alias"), call.Header("x-talo-session") },
            Is.EqualTo(new[] { server.Ada.PlayerId, $"{server.Ada.AliasId}", server.SessionToken }));
        Assert.That(server.Shows, Is.EqualTo(new[] { server.SessionToken }));
        Assert.That((Kept!.SessionToken, Kept.RefreshToken, told.Single()), Is.EqualTo((server.SessionToken, server.RefreshToken, "is ada")));
        Assert.That((server.Refreshes, played.Talo.PlayerAuth.IsSignedIn), Is.EqualTo((0, true)));
    }

    [Test]
    public void CallThatNeedsNoPlayer_ShowsNoSession()
    {
        SignIn();
        played.Talo.Channels.FindAsync(41);
        played.Settle();
        var call = Last("GET", "/v1/game-channels/41");
        Assert.That((call.Header("x-talo-session"), call.Header("x-talo-player")), Is.EqualTo(((string?)null, (string?)null)));
    }

    [Test]
    public void SessionAboutToEnd_IsRefreshedFirst_OnceForAllCalls()
    {
        SignIn();
        var first = server.SessionToken;
        played.Advance(845);
        var joins = new[] { Join(), Join(), Join() };
        played.Settle();
        Assert.That(joins.Select(x => x.IsCompletedSuccessfully), Is.All.True);
        Assert.That(server.Refreshes, Is.EqualTo(1));
        Assert.That(played.Server.Http.CallsTo("POST", "/v1/game-channels/*/join").Select(x => x.Header("x-talo-session")), Is.All.EqualTo(server.SessionToken));
        Assert.That((server.SessionToken, Kept!.SessionToken), Is.Not.EqualTo((first, first)));
        Assert.That(Kept.RefreshToken, Is.EqualTo(server.RefreshToken));
    }

    [Test]
    public void WrongClock_RefreshesNoMoreOften()
    {
        Open(new MemorySessionStore(), x => x.SigningClock = () => DateTimeOffset.UnixEpoch.AddYears(9));
        SignIn();
        for (var i = 0; i < 5; i++)
        {
            Join();
            played.Advance(60);
        }

        Assert.That(server.Refreshes, Is.Zero);
    }

    [Test]
    public void RefusedSession_IsRefreshedOnce_AndEachCallRepeatedOnce()
    {
        SignIn();
        // As when the server ended it early: the refresh token still works.
        server.SessionToken = "another";
        var joins = new[] { Join(), Join() };
        played.Settle();
        Assert.That(joins.Select(x => x.IsCompletedSuccessfully), Is.All.True, $"{joins[0].Exception}");
        Assert.That((server.Refreshes, played.Server.Http.CallsTo("POST", "/v1/game-channels/*/join").Count), Is.EqualTo((1, 4)));
        Assert.That(told, Has.None.StartsWith("lost"));
    }

    [Test]
    public void RefusedAgain_IsTheCallsError_WithoutALoop()
    {
        SignIn();
        played.Server.Http.On("POST", "/v1/game-channels/*/join").Reply(401, new { message = "The x-talo-session header is invalid", errorCode = "INVALID_SESSION" });
        var join = Join();
        played.Advance(30);
        Assert.That(((TaloException)PlayedSession.Error(join)).PlayerAuthErrorCode, Is.EqualTo(PlayerAuthErrorCode.InvalidSession));
        Assert.That((server.Refreshes, played.Server.Http.CallsTo("POST", "/v1/game-channels/*/join").Count), Is.EqualTo((1, 2)));
        Assert.That(played.Talo.PlayerAuth.IsSignedIn, Is.True);
    }

    [Test]
    public void SignedInElsewhere_LosesTheSession_Once_AndForgetsIt()
    {
        SignIn();
        server.SignInElsewhere();
        var joins = new[] { Join(), Join() };
        played.Advance(120);
        Assert.That(joins.Select(x => ((TaloException)PlayedSession.Error(x)).ErrorCode), Is.All.EqualTo("INVALID_SESSION"));
        Assert.That(told, Is.EqualTo(new[] { "is ada", "was ada", "lost ada" }));
        Assert.That((server.Refreshes, Kept, played.Talo.HasIdentity, played.Talo.PlayerAuth.IsSignedIn), Is.EqualTo((1, (PlayerSession?)null, false, false)));
        Assert.That(() => Join(), Throws.TypeOf<TaloException>());
        Assert.That(played.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected), "reset, as nobody");
    }

    [TestCase(503)]
    [TestCase(429)]
    [TestCase(0)]
    public void RefreshWithoutANetwork_FailsTheCall_AndSignsNobodyOut(int status)
    {
        SignIn();
        server.SessionToken = "another";
        var refresh = played.Server.Http.On("POST", "/v1/players/auth/refresh");
        if (status == 0) refresh.FailOnce();
        else refresh.ReplyOnce(status, new { message = "later" });
        var join = Join();
        played.Settle();
        Assert.That(((TaloException)PlayedSession.Error(join)).IsTransient, Is.True);
        Assert.That((played.Talo.CurrentAlias!.Identifier, Kept is not null, told.Count), Is.EqualTo(("ada", true, 1)));
        join = Join();
        played.Settle();
        Assert.That((join.IsCompletedSuccessfully, server.Refreshes), Is.EqualTo((true, 2)));
    }

    [Test]
    public void RefusedAccessKey_IsNoLostSession()
    {
        SignIn();
        server.SessionToken = "another";
        played.Server.Http.On("POST", "/v1/players/auth/refresh").ReplyOnce(401, new { message = "Please provide a valid token in the Authorization header" });
        var join = Join();
        played.Settle();
        Assert.That((join.IsFaulted, Kept is not null, played.Talo.HasIdentity, told.Count), Is.EqualTo((true, true, true, 1)));
    }

    [Test]
    public void NearItsEnd_WithoutANetworkForTheRefresh_TheCallGoesWithTheSessionThereIs()
    {
        SignIn();
        played.Advance(850);
        played.Server.Http.On("POST", "/v1/players/auth/refresh").Reply(503, "");
        var join = Join();
        played.Settle();
        Assert.That((join.IsCompletedSuccessfully, server.Refreshes), Is.EqualTo((true, 1)));
        played.Advance(60);
        join = Join();
        played.Settle();
        Assert.That(((TaloException)PlayedSession.Error(join)).Status, Is.EqualTo(503), "over: no use in trying");
    }

    [Test]
    public void ReconnectWithAnEndedSession_RefreshesBeforeItIdentifies()
    {
        SignIn();
        played.Advance(20 * 60);
        played.Server.Link.Lose();
        played.Advance(2);
        Assert.That(played.Talo.Socket.IsIdentified, Is.True, played.Path);
        Assert.That((server.Refreshes, played.Errors.Count, server.Shows[^1]), Is.EqualTo((1, 0, server.SessionToken)));
    }

    [Test]
    public void InvalidSessionToken_IsRefreshedOnce_AndTheSocketIdentifies()
    {
        SignIn();
        server.SessionToken = "another";
        played.Server.Link.Lose();
        played.Advance(2);
        Assert.That(played.Talo.Socket.IsIdentified, Is.True, played.Path);
        Assert.That((server.Refreshes, played.Errors.Single().Code), Is.EqualTo((1, TaloSocketErrorCode.InvalidSessionToken)));
    }

    [Test]
    public void InvalidSessionToken_AndCalls_ShareOneRefresh()
    {
        SignIn();
        server.SessionToken = "another";
        played.Server.Http.On("POST", "/v1/players/auth/refresh").After(TimeSpan.FromSeconds(3));
        played.Server.Link.Lose();
        played.Advance(1.005);
        var join = Join();
        played.Advance(5);
        Assert.That((played.Talo.Socket.IsIdentified, join.IsCompletedSuccessfully, server.Refreshes), Is.EqualTo((true, true, 1)));
    }

    [Test]
    public void InvalidSessionToken_SignedInElsewhere_LosesTheSession()
    {
        SignIn();
        server.SignInElsewhere();
        played.Server.Link.Lose();
        played.Advance(600);
        Assert.That(told, Is.EqualTo(new[] { "is ada", "was ada", "lost ada" }));
        Assert.That((server.Refreshes, played.Errors.Count, played.Talo.Socket.State.Status), Is.EqualTo((1, 1, ConnectionStatus.Connected)));
    }

    [Test]
    public void InvalidSessionToken_WithoutANetworkForTheRefresh_IsTriedAgainWithGrowingWaits()
    {
        SignIn();
        server.SessionToken = "another";
        for (var i = 0; i < 5; i++) played.Server.Http.On("POST", "/v1/players/auth/refresh").ReplyOnce(503, "");
        played.Server.Link.Lose();
        played.Advance(300);
        Assert.That((played.Talo.Socket.IsIdentified, server.Refreshes, told.Count), Is.EqualTo((true, 6, 1)), played.Path);
        Assert.That(played.Server.Transport.Links, Has.Count.EqualTo(2));
    }

    [Test]
    public void NewTokens_AreStoredBeforeTheyAreUsed()
    {
        var slow = new SlowStore();
        Open(new MemorySessionStore(), x => x.PlayerAuth.SessionStore = slow);
        var login = played.Talo.PlayerAuth.LoginAsync("ada", "s3cret-pass");
        played.Settle();
        Assert.That((login.IsCompleted, played.Talo.HasIdentity), Is.EqualTo((false, false)));
        slow.Saves.Single().SetResult();
        played.Settle();
        Assert.That(login.IsCompletedSuccessfully, Is.True);

        played.Advance(1000);
        var join = Join();
        played.Settle();
        Assert.That((server.Refreshes, slow.Saves.Count, played.Server.Http.CallsTo("POST", "/v1/game-channels/*/join").Count), Is.EqualTo((1, 2, 0)));
        slow.Saves[1].SetException(new System.IO.IOException("The disk is full."));
        played.Settle();
        Assert.That(join.IsCompletedSuccessfully, Is.True, "a store that fails costs the next start, not this one");
        Assert.That(played.Faults.Single().Text, Does.Contain("The disk is full."));
    }

    [Test]
    public void Logout_EndsItHereAndThere()
    {
        SignIn();
        var logout = played.Talo.PlayerAuth.LogoutAsync();
        played.Settle();
        Assert.That((logout.IsCompletedSuccessfully, Kept, played.Talo.HasIdentity), Is.EqualTo((true, (PlayerSession?)null, false)));
        Assert.That(told, Is.EqualTo(new[] { "is ada", "was ada" }));
        Assert.That(played.Server.Transport.Links, Has.Count.EqualTo(2), "reset");
    }

    [Test]
    public void LogoutWithoutANetwork_ChangesNothing()
    {
        SignIn();
        played.Server.Http.On("POST", "/v1/players/auth/logout").ReplyOnce(503, "");
        var logout = played.Talo.PlayerAuth.LogoutAsync();
        played.Settle();
        Assert.That((logout.IsFaulted, Kept is not null, played.Talo.PlayerAuth.IsSignedIn), Is.EqualTo((true, true, true)));
    }

    [Test]
    public void LogoutOfAnEndedSession_IsNoError()
    {
        SignIn();
        server.SignInElsewhere();
        var logout = played.Talo.PlayerAuth.LogoutAsync();
        played.Settle();
        Assert.That((logout.IsCompletedSuccessfully, Kept, played.Talo.HasIdentity), Is.EqualTo((true, (PlayerSession?)null, false)));
    }

    [Test]
    public void ClearIdentity_ForgetsTheSession()
    {
        SignIn();
        played.Talo.Players.ClearIdentity();
        played.Settle();
        Assert.That((Kept, played.Talo.PlayerAuth.IsSignedIn), Is.EqualTo(((PlayerSession?)null, false)));
    }

    [Test]
    public void LogoutDuringARefresh_StaysSignedOut()
    {
        SignIn();
        played.Advance(1000);
        var join = Join();
        played.Talo.Players.ClearIdentity();
        played.Advance(5);
        Assert.That((join.IsFaulted, Kept, told.Last()), Is.EqualTo((true, (PlayerSession?)null, "was ada")));
    }

    [Test]
    public void SessionWithoutRefresh_IsNeverRefreshed_AndItsRefusalIsFinal()
    {
        Open(new MemorySessionStore(), x => x.PlayerAuth.WithRefresh = false);
        SignIn();
        Assert.That(Kept!.RefreshToken, Is.Null);
        Assert.That(() => played.Talo.PlayerAuth.RefreshAsync(), Throws.TypeOf<TaloException>());
        server.SignInElsewhere();
        var join = Join();
        played.Settle();
        Assert.That((join.IsFaulted, server.Refreshes, told.Last(), Kept), Is.EqualTo((true, 0, "lost ada", (PlayerSession?)null)));
    }

    [Test]
    public void Restart_RestoresTheSession()
    {
        SignIn();
        var (session, clock) = (Kept!, played.Scheduler);
        played.Advance(3600);
        Open(store, x => x.PlayerAuth.RestoreSession = true, clock);
        (server.SessionToken, server.RefreshToken) = ("over", session.RefreshToken!);
        played.Advance(1);
        Assert.That(told, Is.EqualTo(new[] { "found ada", "is ada" }));
        Assert.That((played.Talo.Socket.IsIdentified, server.Refreshes, Kept!.RefreshToken), Is.EqualTo((true, 1, server.RefreshToken)));
    }

    [Test]
    public void RestartWithoutANetwork_RestoresTheSessionOnceThereIsOne()
    {
        SignIn();
        var (session, clock) = (Kept!, played.Scheduler);
        Open(store, x => x.PlayerAuth.RestoreSession = true, clock);
        (server.SessionToken, server.RefreshToken) = (session.SessionToken, session.RefreshToken!);
        played.Server.Http.On("GET", "/v1/players/identify").FailOnce().FailOnce();

        played.Advance(120);

        Assert.That(told, Is.EqualTo(new[] { "found ada", "failed talo", "failed talo", "is ada" }));
        Assert.That((played.Talo.Socket.IsIdentified, played.Talo.PlayerAuth.IsSignedIn), Is.EqualTo((true, true)));
    }

    [Test]
    public void StartWithoutASession_SaysSo()
    {
        var start = played.Talo.PlayerAuth.StartSessionAsync();
        played.Settle();
        Assert.That((PlayedSession.Result(start), told.Single()), Is.EqualTo(((PlayerAlias?)null, "none")));
    }

    [Test]
    public void StartWithoutANetwork_KeepsTheSession_AndWorksLater()
    {
        SaveKept();
        played.Server.Http.On("GET", "/v1/players/identify").FailOnce();
        var start = played.Talo.PlayerAuth.StartSessionAsync();
        played.Settle();
        Assert.That(((TaloException)PlayedSession.Error(start)).IsTransient, Is.True);
        Assert.That((Kept is not null, played.Talo.HasIdentity), Is.EqualTo((true, false)));
        start = played.Talo.PlayerAuth.StartSessionAsync();
        played.Settle();
        Assert.That(PlayedSession.Result(start)!.Identifier, Is.EqualTo("ada"));
        Assert.That(told, Is.EqualTo(new[] { "found ada", "failed talo", "found ada", "is ada" }));
    }

    [Test]
    public void StartOfAnEndedSession_IsLost()
    {
        SaveKept();
        server.SignInElsewhere();
        var start = played.Talo.PlayerAuth.StartSessionAsync();
        played.Settle();
        Assert.That(((TaloException)PlayedSession.Error(start)).ErrorCode, Is.EqualTo("INVALID_SESSION"));
        Assert.That(told, Is.EqualTo(new[] { "found ada", "lost ada", "failed talo" }));
        Assert.That(Kept, Is.Null);
    }

    [Test]
    public void StartOfARenamedPlayer_FindsTheNewName()
    {
        SaveKept();
        var adamant = server.Ada.ToJson();
        adamant["identifier"] = "adamant";
        played.Server.Http.On("GET", "/v1/players/identify?service=talo&identifier=ada").Reply(404, new { message = "Player not found" });
        played.Server.Http.On("GET", $"/v1/players/{server.Ada.PlayerId}").Reply(200, new { player = new { id = server.Ada.PlayerId, aliases = new[] { adamant } } });
        var start = played.Talo.PlayerAuth.StartSessionAsync();
        played.Settle();
        Assert.That((start.IsCompletedSuccessfully, Kept!.Identifier), Is.EqualTo((true, "adamant")), $"{start.Exception}");
    }

    [Test]
    public void StartOfADeletedAccount_IsLost()
    {
        SaveKept();
        played.Server.Http.On("GET", "/v1/players/identify").Reply(404, new { message = "Player not found" });
        played.Server.Http.On("GET", $"/v1/players/{server.Ada.PlayerId}").Reply(200, new { player = new { id = server.Ada.PlayerId, aliases = Array.Empty<object>() } });
        var start = played.Talo.PlayerAuth.StartSessionAsync();
        played.Settle();
        Assert.That((start.IsFaulted, Kept, told[1]), Is.EqualTo((true, (PlayerSession?)null, "lost ada")));
    }

    [Test]
    public void Start_LeavesWhoIsKnown()
    {
        SignIn();
        var calls = played.Server.Http.Calls.Count;
        var start = played.Talo.PlayerAuth.StartSessionAsync();
        played.Settle();
        Assert.That((PlayedSession.Result(start)!.Identifier, played.Server.Http.Calls.Count), Is.EqualTo(("ada", calls)));
    }

    [Test]
    public void StoreThatThrows_CountsAsEmpty_AndIsTold()
    {
        Open(new MemorySessionStore(), x => x.PlayerAuth.SessionStore = new BrokenStore());
        var start = played.Talo.PlayerAuth.StartSessionAsync();
        played.Settle();
        Assert.That((PlayedSession.Result(start), told.Single(), played.Faults.Single().Where), Is.EqualTo(((PlayerAlias?)null, "none", "PlayerAuth.SessionStore")));
        SignIn();
    }

    [Test]
    public void SignedInPlayer_MayBeIdentifiedAgain_OthersHaveToSignIn()
    {
        Assert.That(() => played.Talo.Players.IdentifyAsync("talo", "ada"), Throws.TypeOf<TaloException>().With.Message.Contains("LoginAsync"));
        SignIn();
        Assert.That(() => played.Talo.Players.IdentifyAsync("talo", "grace"), Throws.TypeOf<TaloException>());
        var again = played.Talo.Players.IdentifyAsync("talo", "ADA");
        played.Settle();
        Assert.That((again.IsCompletedSuccessfully, Kept is not null), Is.EqualTo((true, true)));
    }

    private void SaveKept() => store.SaveAsync(server.NewSession(), default);

    private sealed class SlowStore : ISessionStore
    {
        internal List<TaskCompletionSource> Saves { get; } = [];

        public Task<PlayerSession?> LoadAsync(CancellationToken cancellationToken) => Task.FromResult<PlayerSession?>(null);

        public Task SaveAsync(PlayerSession session, CancellationToken cancellationToken)
        {
            Saves.Add(new TaskCompletionSource());
            return Saves[^1].Task;
        }

        public Task ClearAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class BrokenStore : ISessionStore
    {
        public Task<PlayerSession?> LoadAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("no");

        public Task SaveAsync(PlayerSession session, CancellationToken cancellationToken) => Task.FromException(new InvalidOperationException("no"));

        public Task ClearAsync(CancellationToken cancellationToken) => null!;
    }
}
