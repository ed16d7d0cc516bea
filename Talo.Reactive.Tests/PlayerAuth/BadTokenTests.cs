using System.Linq;
using NUnit.Framework;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.PlayerAuth;

/// <summary>A session token that cannot stand in a header is refused where it enters, and never shown.</summary>
[TestFixture("\0")]
[TestFixture("\u001b[2J")]
[TestFixture("\r\nx-injected: 1")]
[TestFixture("\u00e4")]
[TestFixture("\u007f")]
public sealed class BadTokenTests(string characters)
{
    private const string Secret = "s3cr3t-part";

    private readonly string _token = Secret + characters + "end";
    private MemorySessionStore _store = null!;
    private PlayedSession _session = null!;
    private AccountServer _server = null!;

    [SetUp]
    public void Start() => Open(new MemorySessionStore());

    [TearDown]
    public void End() => _session.Dispose();

    [Test]
    public void Login_ThatAnswersWithOne_IsAnErrorWithoutIt()
    {
        _session.Server.Http.On("POST", "/v1/players/auth/login").Reply(200, new
        {
            alias = _server.Ada.ToJson(), sessionToken = _token, refreshToken = "r", socketToken = _server.Ada.ReplaceSocketToken(),
        });
        var login = _session.Talo.PlayerAuth.LoginAsync("ada", "s3cret-pass");
        _session.Settle();

        AssertRefused((TaloException)PlayedSession.Error(login));
        Assert.That(_session.Talo.CurrentPlayer, Is.Null);
        Assert.That(_store.LoadAsync(default).Result, Is.Null);
    }

    [Test]
    public void Refresh_ThatAnswersWithOne_IsAnErrorWithoutIt_AndTheSessionStays()
    {
        var login = _session.Talo.PlayerAuth.LoginAsync("ada", "s3cret-pass");
        _session.Settle();
        Assert.That(login.IsCompletedSuccessfully, Is.True);
        var kept = _store.LoadAsync(default).Result;
        _session.Server.Http.On("POST", "/v1/players/auth/refresh").Reply(200, new { sessionToken = _token, refreshToken = "r" });
        var refresh = _session.Talo.PlayerAuth.RefreshAsync();
        _session.Settle();

        AssertRefused((TaloException)PlayedSession.Error(refresh));
        Assert.That(_store.LoadAsync(default).Result, Is.EqualTo(kept));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void StoreThatHoldsOne_CountsAsEmpty_AndIsReportedWithoutIt(bool isToken)
    {
        var session = new PlayerSession { PlayerId = "p-1", AliasId = 101, Identifier = "ada", SessionToken = "t" };
        session = isToken ? session with { SessionToken = _token } : session with { PlayerId = _token };
        var kept = new MemorySessionStore();
        kept.SaveAsync(session, default).GetAwaiter().GetResult();
        Open(kept);
        _session.Settle();
        var start = _session.Talo.PlayerAuth.StartSessionAsync();
        _session.Settle();

        Assert.That(PlayedSession.Result(start), Is.Null);
        Assert.That(_session.Faults, Is.Not.Empty);
        Assert.That(_session.Faults.Select(static x => $"{x}"), Is.All.Contains("header").And.All.Not.Contains(Secret));
        Assert.That(_session.Server.Http.Calls.Select(static x => x.Path), Has.None.StartsWith("/v1/players"));
    }

    private static void AssertRefused(TaloException error)
    {
        Assert.That(error.Message, Does.Contain("header"));
        Assert.That(error.ToString(), Does.Not.Contain(Secret));
    }

    private void Open(MemorySessionStore store)
    {
        _session?.Dispose();
        _store = store;
        _session = new PlayedSession(x => x.PlayerAuth.SessionStore = store);
        _server = new AccountServer(_session);
    }
}
