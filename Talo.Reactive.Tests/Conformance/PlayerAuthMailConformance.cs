using System;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Loopback;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>Codes that are sent by mail: to be read on the loopback server only.</summary>
[TestFixture]
public sealed class PlayerAuthMailConformance : PlayerAuthTests
{
    private const string Reason = "the mail to the player would have to be read";

    private static readonly string InvalidCode = Shape.Coded("VERIFICATION_CODE_INVALID", "Invalid code");
    private static readonly string InvalidResetCode =
        Shape.Coded("PASSWORD_RESET_CODE_INVALID", "This code is either invalid or has expired");

    [Test]
    public async Task AVerifiedAccount_SignsInWithTheMailedCode()
    {
        var talo = OwnerOrIgnore(Reason);
        var (linus, email) = await RegisterVerifiedAsync();
        var first = linus.Session;

        var code = await CodeAsync(talo, linus, email);
        var wrong = code == "000000" ? "000001" : "000000";
        (await VerifyAsync($"{linus.AliasId}", $"\"{wrong}\"")).Expect(403, InvalidCode);
        (await VerifyAsync("999999999", $"\"{code}\""))
            .Expect(403, Shape.Coded("VERIFICATION_ALIAS_NOT_FOUND", "Player alias not found"));
        (await VerifyAsync($"{linus.AliasId}", "813198"))
            .Expect(400, Shape.Errors("code", "Invalid input: expected string, received number"));
        Assert.That((await TryAsync(linus)).Status, Is.EqualTo(200), "the session of the registration, until the code is given");

        var answer = await VerifyAsync($"{linus.AliasId}", $"\"{code}\"", ",\"withRefresh\":true");

        answer.Expect(
            200, AuthShape.SignedIn(linus, AuthShape.Account(email, isVerified: true), withRefresh: true, Shape.NoPresence));
        (await TryAsync(linus)).Expect(401, AuthShape.InvalidSession);
        Keep(linus, answer);
        Assert.That((await TryAsync(linus)).Status, Is.EqualTo(200));
        Assert.That(linus.Session, Is.Not.EqualTo(first));
        (await VerifyAsync($"{linus.AliasId}", $"\"{code}\"")).Expect(403, InvalidCode);
    }

    [TestCase(299, true)]
    [TestCase(301, false)]
    public async Task AVerificationCode_IsGoodForFiveMinutes(int seconds, bool isGood)
    {
        var talo = OwnerOrIgnore(Reason);
        var (linus, email) = await RegisterVerifiedAsync();
        var code = await CodeAsync(talo, linus, email);

        await LetTimePassAsync(TimeSpan.FromSeconds(seconds));

        var answer = await VerifyAsync($"{linus.AliasId}", $"\"{code}\"");
        if (isGood)
            Keep(linus, answer.Expect(200, AuthShape.SignedIn(linus, AuthShape.Account(email, isVerified: true))));
        else
            answer.Expect(403, InvalidCode);
    }

    [Test]
    public async Task AVerification_OfAPlayerWithoutAnAccountIsRefused()
    {
        var grace = await PlayerAsync("grace");

        (await VerifyAsync($"{grace.AliasId}", "\"123456\"")).Expect(400, Shape.Message("Player does not have authentication"));
    }

    [Test]
    public async Task AForgottenPassword_IsReplacedWithTheMailedCode()
    {
        var talo = OwnerOrIgnore(Reason);
        var email = $"{Unique("mail")}@example.com";
        var (linus, _) = await RegisterAsync("linus", $"\"email\":\"{email}\"");

        (await ForgotAsync(email.ToUpperInvariant())).Expect(204);
        (await ForgotAsync("unknown@example.com")).Expect(204);
        var code = talo.Game.LatestMail(email, LoopbackMailKind.PasswordReset)!.Code;
        (await ResetAsync(code, "third")).Expect(204);

        (await TryAsync(linus)).Expect(401, AuthShape.InvalidSession);
        (await ResetAsync(code, "fourth")).Expect(401, InvalidResetCode);
        (await LoginAsync(linus.Identifier, FirstPassword)).Expect(401, AuthShape.WrongLogin);
        linus.Password = "third";
        await SignInAsync(linus);
    }

    [Test]
    public async Task AForgottenPasswordOfNobody_IsAnsweredAlikeAndAMadeUpCodeIsRefused()
    {
        (await ForgotAsync($"{Unique("nobody")}@example.com")).Expect(204);
        (await ResetAsync("no code", "x")).Expect(401, InvalidResetCode);
    }

    private async Task<(TestPlayer Player, string Email)> RegisterVerifiedAsync()
    {
        var email = $"{Unique("mail")}@example.com";
        var (player, answer) = await RegisterAsync(
            "linus", $"\"email\":\"{email}\",\"verificationEnabled\":true,\"withRefresh\":true");
        answer.Expect(
            200, AuthShape.SignedIn(player, AuthShape.Account(email, isVerified: true), withRefresh: true, Shape.NoPresence));
        return (player, email);
    }

    private static async Task<string> CodeAsync(LoopbackTalo talo, TestPlayer player, string email)
    {
        (await LoginAsync(player.Identifier, player.Password))
            .Expect(200, $$"""{"aliasId":{{player.AliasId}},"verificationRequired":true}""");
        return talo.Game.LatestMail(email, LoopbackMailKind.Verification)!.Code;
    }

    private static Task<Answer> VerifyAsync(string alias, string code, string members = "") =>
        CallAsync("POST", $"{Auth}/verify", $$"""{"aliasId":{{alias}},"code":{{code}}{{members}}}""");

    private static Task<Answer> ForgotAsync(string email) =>
        CallAsync("POST", $"{Auth}/forgot_password", $$"""{"email":"{{email}}"}""");

    private static Task<Answer> ResetAsync(string code, string password) =>
        CallAsync("POST", $"{Auth}/reset_password", $$"""{"code":"{{code}}","password":"{{password}}"}""");
}
