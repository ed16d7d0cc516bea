using System;
using System.IO;
using System.Linq;
using System.Reactive.Linq;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Loopback;

namespace Talo.Reactive.Tests.Loopback.Session;

/// <summary>Accounts, sessions and props over real HTTP and real WebSockets.</summary>
public sealed class AccountLoopbackTests
{
    private const string Password = "s3cret-pass";

    private ManualClock _clock = null!;
    private LoopbackTalo _server = null!;

    [SetUp]
    public async Task Start()
    {
        _clock = new ManualClock();
        _server = await LoopbackTalo.StartAsync(new LoopbackOptions { HttpAuthLimit = null, HttpDefaultLimit = null, Clock = _clock });
    }

    [TearDown]
    public async Task Stop() => await _server.DisposeAsync();

    private TaloClient Client(Action<TaloClientOptions>? configure = null)
    {
        var options = new TaloClientOptions
        {
            AccessKey = _server.AccessKey,
            ApiUrl = _server.ApiUrl.ToString(),
            Reconnect = new ReconnectOptions { InitialDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(50) },
            BackgroundCalls = new BackgroundCallOptions { AuthPerMinute = 100_000, DefaultPerMinute = 100_000 },
            PropsDebounce = TimeSpan.FromMilliseconds(10),
        };
        configure?.Invoke(options);
        return new TaloClient(options);
    }

    private static async Task<TaloClient> RegisteredAsync(TaloClient talo)
    {
        await talo.PlayerAuth.RegisterAsync("ada", Password, "ada@example.org").Bounded();
        await talo.Socket.WhenIdentifiedAsync().Bounded();
        return talo;
    }

    private static Task<ConnectionState> Back(TaloClient talo)
    {
        var epoch = talo.Socket.State.Epoch;
        return talo.Socket.States.Where(x => x.Status == ConnectionStatus.Identified && x.Epoch > epoch).Next();
    }

    [Test]
    public async Task Registered_IsIdentified_ActsAndSignsOut()
    {
        await using var ada = await RegisteredAsync(Client());
        var room = await ada.Channels.CreateAsync("harbour").Bounded();
        Assert.That((await ada.Channels.DeliverAsync(room.Id, "ahoy").Bounded()).Outcome, Is.EqualTo(DeliveryOutcome.Delivered));
        var cleared = ada.Players.IdentityCleared.Next();
        var reset = ada.Socket.Closures.Next();
        await ada.PlayerAuth.LogoutAsync().Bounded();
        Assert.That((await cleared).Identifier, Is.EqualTo("ada"));
        Assert.That((await reset).Origin, Is.EqualTo(ClosureOrigin.Game));
        Assert.That((ada.HasIdentity, ada.PlayerAuth.IsSignedIn), Is.EqualTo((false, false)));
        await ada.PlayerAuth.LoginAsync("ADA", Password).Bounded();
        await ada.Socket.WhenIdentifiedAsync().Bounded();
    }

    [Test]
    public async Task LoginElsewhere_EndsTheSessionHere()
    {
        await using var ada = await RegisteredAsync(Client());
        await using var elsewhere = Client();
        await elsewhere.PlayerAuth.LoginAsync("ada", Password).Bounded();
        var lost = ada.PlayerAuth.SessionLost.Next();
        var error = Assert.ThrowsAsync<TaloException>(() => ada.Channels.CreateAsync("harbour").Bounded())!;
        Assert.That(error.PlayerAuthErrorCode, Is.EqualTo(PlayerAuthErrorCode.InvalidSession));
        Assert.That((await lost).Identifier, Is.EqualTo("ada"));
        Assert.That((ada.HasIdentity, elsewhere.PlayerAuth.IsSignedIn), Is.EqualTo((false, true)));
        await elsewhere.Channels.CreateAsync("harbour").Bounded();
    }

    [Test]
    public async Task LoginElsewhere_EndsTheSession_OfASocketThatComesBack()
    {
        await using var ada = await RegisteredAsync(Client());
        await using var elsewhere = Client();
        await elsewhere.PlayerAuth.LoginAsync("ada", Password).Bounded();
        await elsewhere.Socket.WhenIdentifiedAsync().Bounded();
        var lost = ada.PlayerAuth.SessionLost.Next();
        _server.Faults.DropAll();
        await lost;
        await elsewhere.Socket.WhenIdentifiedAsync().Bounded();
        Assert.That((ada.HasIdentity, elsewhere.PlayerAuth.IsSignedIn), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task FifteenMinutes_AreRefreshed_OnceForHttpAndSocket()
    {
        var store = new MemorySessionStore();
        await using var ada = await RegisteredAsync(Client(x => x.PlayerAuth.SessionStore = store));
        var first = await store.LoadAsync(default);
        _clock.Advance(TimeSpan.FromMinutes(16));
        var back = Back(ada);
        _server.Faults.DropAll();
        var calls = Enumerable.Range(0, 5).Select(i => ada.Channels.CreateAsync($"room {i}")).ToArray();
        await Task.WhenAll(calls).Bounded();
        await back;
        var second = await store.LoadAsync(default);
        Assert.That(second!.SessionToken, Is.Not.EqualTo(first!.SessionToken));
        Assert.That(ada.PlayerAuth.IsSignedIn, Is.True);
        // The pair that was kept is the one that works: a new start can go on with it, if nobody else refreshes it meanwhile.
        await ada.DisposeAsync();
        _clock.Advance(TimeSpan.FromMinutes(16));
        await using var next = Client(x => x.PlayerAuth.SessionStore = store);
        Assert.That((await next.PlayerAuth.StartSessionAsync().Bounded())!.Identifier, Is.EqualTo("ada"));
    }

    [Test]
    public async Task FileStore_OutlivesTheGame()
    {
        var file = Path.Combine(Path.GetTempPath(), $"talo-{Guid.NewGuid():N}.json");
        try
        {
            await using (await RegisteredAsync(Client(x => x.PlayerAuth.SessionStore = new FileSessionStore(file))))
            {
            }

            _clock.Advance(TimeSpan.FromDays(3));
            await using (var ada = Client(x =>
            {
                x.PlayerAuth.SessionStore = new FileSessionStore(file);
                x.PlayerAuth.RestoreSession = true;
            }))
            {
                await ada.Until(ConnectionStatus.Identified);
                Assert.That((ada.CurrentAlias!.Identifier, ada.PlayerAuth.IsSignedIn), Is.EqualTo(("ada", true)));
            }

            _clock.Advance(TimeSpan.FromDays(31));
            await using var late = Client(x => x.PlayerAuth.SessionStore = new FileSessionStore(file));
            Assert.ThrowsAsync<TaloException>(() => late.PlayerAuth.StartSessionAsync().Bounded());
            Assert.That((File.Exists(file), await late.PlayerAuth.StartSessionAsync().Bounded()), Is.EqualTo((false, (PlayerAlias?)null)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task Verification_TakesTheMailedCode()
    {
        await using var ada = await RegisteredAsync(Client());
        await ada.PlayerAuth.ToggleVerificationAsync(Password, true).Bounded();
        await ada.PlayerAuth.LogoutAsync().Bounded();
        var login = await ada.PlayerAuth.LoginAsync("ada", Password).Bounded();
        Assert.That((login.VerificationRequired, ada.HasIdentity), Is.EqualTo((true, false)));
        var error = Assert.ThrowsAsync<TaloException>(() => ada.PlayerAuth.VerifyAsync(login.AliasId, "000").Bounded())!;
        Assert.That(error.PlayerAuthErrorCode, Is.EqualTo(PlayerAuthErrorCode.VerificationCodeInvalid));
        var code = _server.Game.LatestMail("ada@example.org", LoopbackMailKind.Verification)!.Code;
        await ada.PlayerAuth.VerifyAsync(login.AliasId, code).Bounded();
        await ada.Socket.WhenIdentifiedAsync().Bounded();
    }

    [Test]
    public async Task Account_IsChangedResetAndDeleted()
    {
        await using var ada = await RegisteredAsync(Client());
        var auth = ada.PlayerAuth;
        await auth.ChangePasswordAsync(Password, "n3xt-pass").Bounded();
        await auth.ChangeEmailAsync("n3xt-pass", "countess@example.org").Bounded();
        await auth.ChangeIdentifierAsync("n3xt-pass", "countess").Bounded();
        await auth.RefreshAsync().Bounded();
        Assert.That((ada.CurrentAlias!.Identifier, ada.CurrentPlayer!.Auth!.Email), Is.EqualTo(("countess", "countess@example.org")));

        await auth.ForgotPasswordAsync("countess@example.org").Bounded();
        await auth.ResetPasswordAsync(_server.Game.LatestMail("countess@example.org", LoopbackMailKind.PasswordReset)!.Code, Password).Bounded();
        Assert.ThrowsAsync<TaloException>(() => auth.ChangeEmailAsync(Password, "x@example.org").Bounded(), "a reset ends every session");
        Assert.That(ada.HasIdentity, Is.False);

        await auth.LoginAsync("countess", Password).Bounded();
        await auth.DeleteAccountAsync(Password).Bounded();
        var error = Assert.ThrowsAsync<TaloException>(() => auth.LoginAsync("countess", Password).Bounded())!;
        Assert.That(error.PlayerAuthErrorCode, Is.EqualTo(PlayerAuthErrorCode.InvalidCredentials));
    }

    [Test]
    public async Task MigratedAccount_PlaysOn_AndIsIdentifiedByItsNewName()
    {
        await using var ada = await RegisteredAsync(Client());
        var alias = await ada.PlayerAuth.MigrateAccountAsync(Password, "username", "ada-the-first").Bounded();
        await ada.Channels.CreateAsync("harbour").Bounded();
        var back = Back(ada);
        _server.Faults.DropAll();
        await back;
        await using var next = Client();
        Assert.That((await next.Players.IdentifyAsync("username", "ada-the-first").Bounded()).Id, Is.EqualTo(alias.Id));
    }

    [Test]
    public async Task Props_AreSaved_AndSeenByOthers()
    {
        await using var ada = await RegisteredAsync(Client());
        ada.Players.SetProp("level", "7");
        ada.Players.SetPropArray("tags", ["a", "b"]);
        await ada.Players.FlushPropsAsync().Bounded();
        ada.Players.RemoveFromPropArray("tags", "a");
        var update = await ada.Players.UpdateAsync([new Prop("guild", "north"), new Prop("long", new string('x', 600))]).Bounded();
        Assert.That(update.RejectedProps.Single().Error, Is.EqualTo("PROP_VALUE_TOO_LONG"));
        await using var grace = Client();
        await grace.Players.IdentifyAsync("username", "grace").Bounded();
        var found = (await grace.Players.SearchAsync("north").Bounded()).Players.Single();
        Assert.That((found.GetProp("level"), found.GetProp("guild")), Is.EqualTo(("7", "north")));
        Assert.That(found.GetPropArray("tags"), Is.EqualTo(new[] { "b" }));
        Assert.That(ada.CurrentPlayer!.Props, Is.EquivalentTo(found.Props));
        Assert.That((await grace.Players.FindAsync(found.Id).Bounded()).Aliases.Single().Identifier, Is.EqualTo("ada"));
    }

    [Test]
    public async Task Props_OfAnEndingGame_AreSaved()
    {
        string id;
        await using (var ada = await RegisteredAsync(Client(x => x.PropsDebounce = TimeSpan.FromMinutes(5))))
        {
            id = ada.CurrentPlayer!.Id;
            ada.Players.SetProp("level", "8");
        }

        await using var next = Client();
        Assert.That((await next.Players.SearchAsync(id).Bounded()).Players.Single().GetProp("level"), Is.EqualTo("8"));
    }
}
