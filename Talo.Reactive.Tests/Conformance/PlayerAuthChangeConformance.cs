using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>Changes of an account, its migration and its end.</summary>
[TestFixture]
public sealed class PlayerAuthChangeConformance : PlayerAuthTests
{
    [Test]
    public async Task EveryChange_AsksForThePassword()
    {
        var ada = await AccountAsync();

        await IsRefusedAsync("POST", "/change_password", "\"newPassword\":\"new\"");
        await IsRefusedAsync("POST", "/change_email", "\"newEmail\":\"nope\"");
        await IsRefusedAsync("POST", "/change_identifier", $"\"newIdentifier\":\"{ada.Identifier}\"");
        await IsRefusedAsync("PATCH", "/toggle_verification", "\"verificationEnabled\":false");
        await IsRefusedAsync("POST", "/migrate", "\"service\":\"talo\",\"identifier\":\"x\"");
        await IsRefusedAsync("DELETE", "", "\"unknown\":1");

        async Task IsRefusedAsync(string method, string route, string members) =>
            (await ada.CallAsync(method, Auth + route, $$"""{"currentPassword":"bad",{{members}}}"""))
                .Expect(403, AuthShape.WrongPassword);
    }

    [Test]
    public async Task Changes_AreRefusedWhenTheyChangeNothingOrCannotBe()
    {
        var ada = await AccountAsync();
        var taken = await PlayerAsync("grace");

        await IsRefusedAsync(
            "/change_password", $"\"newPassword\":\"{ada.Password}\"", "NEW_PASSWORD_MATCHES_CURRENT_PASSWORD",
            "Please choose a different password");
        await IsRefusedAsync(
            "/change_identifier", $"\"newIdentifier\":\"{ada.Identifier.ToUpperInvariant()}\"",
            "NEW_IDENTIFIER_MATCHES_CURRENT_IDENTIFIER", "Please choose a different identifier");
        await IsRefusedAsync(
            "/change_identifier", $"\"newIdentifier\":\"{taken.Identifier}\"", "IDENTIFIER_TAKEN", "This identifier is already taken");
        await IsRefusedAsync("/change_email", "\"newEmail\":\"nope\"", "INVALID_EMAIL", "Invalid email address");
        await IsRefusedAsync(
            "/migrate", "\"service\":\"talo\",\"identifier\":\"x\"", "INVALID_MIGRATION_TARGET", "Cannot migrate to the Talo service");
        (await ada.CallAsync("POST", $"{Auth}/migrate", Body(ada, $"\"service\":\"username\",\"identifier\":\"{taken.Identifier}\"")))
            .Expect(409, Shape.Coded("IDENTIFIER_TAKEN", "A player already exists with this identifier"));
        (await ada.CallAsync("PATCH", $"{Auth}/toggle_verification", """{"currentPassword":"bad","verificationEnabled":true}"""))
            .Expect(400, Shape.Coded("VERIFICATION_EMAIL_REQUIRED", "An email address is required to enable verification"));
        (await ada.CallAsync("POST", $"{Auth}/change_password", "{}")).Expect(
            400,
            """{"errors":{"currentPassword":["Invalid input: expected string, received undefined"],"newPassword":["Invalid input: expected string, received undefined"]}}""");

        async Task IsRefusedAsync(string route, string members, string code, string message) =>
            (await ada.CallAsync("POST", Auth + route, Body(ada, members))).Expect(400, Shape.Coded(code, message));
    }

    [Test]
    public async Task AChangedAccount_KeepsItsSession()
    {
        var (email, newEmail) = ($"{Unique("mail")}@example.com", $"{Unique("new-mail")}@example.com");
        var (linus, _) = await RegisterAsync("linus", $"\"email\":\"{email}\",\"verificationEnabled\":true");

        (await linus.CallAsync("POST", $"{Auth}/change_password", Body(linus, "\"newPassword\":\"hunter2!2\""))).Expect(204);
        linus.Password = "hunter2!2";
        (await linus.CallAsync("POST", $"{Auth}/change_email", Body(linus, $"\"newEmail\":\"{newEmail}\""))).Expect(204);
        (await linus.CallAsync("POST", $"{Auth}/change_email", Body(linus, $"\"newEmail\":\"{newEmail}\"")))
            .Expect(400, Shape.Coded("NEW_EMAIL_MATCHES_CURRENT_EMAIL", "Please choose a different email address"));
        linus.Identifier = Unique("renamed");
        (await linus.CallAsync(
            "POST", $"{Auth}/change_identifier", Body(linus, $"\"newIdentifier\":\" {linus.Identifier.ToUpperInvariant()} \"")))
            .Expect(200, $$"""{"alias":{{Shape.Alias(linus, Shape.NoPresence, auth: AuthShape.Account(newEmail, isVerified: true))}}}""");
        (await linus.CallAsync("PATCH", $"{Auth}/toggle_verification", Body(linus, "\"verificationEnabled\":false"))).Expect(204);

        (await SignInAsync(linus)).Expect(200, AuthShape.SignedIn(linus, AuthShape.Account(newEmail), presence: Shape.NoPresence));
        (await LoginAsync(linus.Identifier, FirstPassword)).Expect(401, AuthShape.WrongLogin);
    }

    [Test]
    public async Task ADeletedAccount_CannotSignInAndLeavesAPlayerWithoutAliases()
    {
        var (linus, _) = await RegisterAsync("linus");

        (await linus.CallAsync("DELETE", Auth, Body(linus))).Expect(204);
        linus.Password = "";

        (await LoginAsync(linus.Identifier, FirstPassword)).Expect(401, AuthShape.WrongLogin);
        (await CallAsync("GET", $"/v1/players/{linus.PlayerId}")).Expect(
            200,
            $$$"""{"player":{"id":"{{{linus.PlayerId}}}","props":[],"aliases":[],"devBuild":false,"createdAt":"<time>","lastSeenAt":"<time>","groups":[],"presence":null}}""");
    }

    [Test]
    public async Task AMigratedAccount_IsTheSameAliasOfAnotherServiceWithoutASession()
    {
        var (linus, _) = await RegisterAsync("linus");
        var migrated = new TestPlayer(
            Suite, Server.Game, Unique("migrated"), linus.AliasId, linus.PlayerId, linus.SocketToken) { Service = "custom" };

        (await linus.CallAsync(
            "POST", $"{Auth}/migrate", Body(linus, $"\"service\":\"custom\",\"identifier\":\"{migrated.Identifier}\"")))
            .Expect(200, $$"""{"alias":{{Shape.Alias(migrated, Shape.NoPresence)}}}""");
        var (name, password) = (linus.Identifier, linus.Password);
        linus.Password = "";

        Assert.That((await TryAsync(migrated)).Status, Is.EqualTo(200));
        (await LoginAsync(name, password)).Expect(401, AuthShape.WrongLogin);
    }

    private static string Body(TestPlayer player, string? members = null) =>
        $$"""{"currentPassword":"{{player.Password}}"{{(members is null ? "" : "," + members)}}}""";
}
