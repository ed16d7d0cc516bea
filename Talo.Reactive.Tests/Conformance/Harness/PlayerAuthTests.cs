using System;
using System.Text;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>
/// The base of the tests of player auth. As every such call is dear on a foreign server, the tests of a fixture share
/// <see cref="AccountAsync"/>; one that changes it for good registers its own with
/// <see cref="RegisterAsync(string, string?)"/>.
/// </summary>
public abstract class PlayerAuthTests : ConformanceTests
{
    private protected const string Auth = "/v1/players/auth";
    private protected const string FirstPassword = "hunter2!";

    private TestPlayer? account;

    /// <summary>The fixture's player with Talo auth, without an e-mail address, with a session of some kind.</summary>
    private protected async Task<TestPlayer> AccountAsync()
    {
        account ??= (await RegisterAsync("auth", isShared: true)).Player;
        Suite.Scene.Add(account.AliasId);
        if (account.Session is null)
            await SignInAsync(account);
        return account;
    }

    [OneTimeTearDown]
    public async Task DeleteAccountAsync()
    {
        if (account is not null)
            await DeleteAsync(account);
    }

    /// <summary>
    /// A player with Talo auth that is deleted after the test; <paramref name="members"/> are further members of the body.
    /// </summary>
    private protected Task<(TestPlayer Player, Answer Answer)> RegisterAsync(string name, string? members = null) =>
        RegisterAsync(name, isShared: false, members);

    /// <summary>Signs in; the earlier sessions of the player end.</summary>
    private protected static async Task<Answer> SignInAsync(TestPlayer player, string? members = null)
    {
        var answer = await LoginAsync(player.Identifier, player.Password, members);
        if (answer.Status != 200)
            Assert.Fail($"Signing in was answered {answer.Status}: {answer.Body}");
        return Keep(player, answer);
    }

    /// <summary>Takes the tokens of an answer over.</summary>
    private protected static Answer Keep(TestPlayer player, Answer answer)
    {
        player.Session = answer.Text("sessionToken");
        player.SocketToken = answer.Text("socketToken");
        return answer;
    }

    private protected static Task<Answer> LoginAsync(string identifier, string password, string? members = null) =>
        CallAsync("POST", $"{Auth}/login", Credentials(identifier, password, members));

    private protected static string Credentials(string identifier, string password, string? members = null) =>
        $$"""{"identifier":"{{identifier}}","password":"{{password}}"{{(members is null ? "" : "," + members)}}}""";

    /// <summary>Something harmless that only a player with a good session may do.</summary>
    private protected static Task<Answer> TryAsync(TestPlayer player) => player.CallAsync("GET", "/v1/game-channels/subscriptions");

    /// <summary>What a token says, as JSON.</summary>
    private protected static string Payload(string token)
    {
        var text = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        return Encoding.UTF8.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')));
    }

    private async Task<(TestPlayer Player, Answer Answer)> RegisterAsync(string name, bool isShared, string? members = null)
    {
        var identifier = Unique(name);
        var answer = await CallAsync("POST", $"{Auth}/register", Credentials(identifier, FirstPassword, members));
        if (answer.Status != 200)
            Assert.Fail($"Registering was answered {answer.Status}: {answer.Body}");
        var player = new TestPlayer(
            Suite, Server.Game, identifier, answer.Int("alias.id"), answer.Text("alias.player.id"), answer.Text("socketToken"))
        {
            Service = "talo",
            Session = answer.Text("sessionToken"),
            Password = FirstPassword,
        };
        Suite.Scene.Add(player.AliasId);
        if (!isShared)
            AfterTest(() => DeleteAsync(player));
        return (player, answer);
    }

    /// <summary>Ends the account, unless the test has done so, which it says by an empty password.</summary>
    private static async Task DeleteAsync(TestPlayer player)
    {
        if (player.Password.Length == 0)
            return;
        if (player.Session is null)
            await SignInAsync(player);
        await player.CallAsync("DELETE", Auth, $$"""{"currentPassword":"{{player.Password}}"}""");
    }
}
