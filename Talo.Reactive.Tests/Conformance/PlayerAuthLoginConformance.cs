using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>Registering and signing in.</summary>
[TestFixture]
public sealed class PlayerAuthLoginConformance : PlayerAuthTests
{
    [Test]
    public async Task Registration_MakesATaloAliasAndSignsItIn()
    {
        var (linus, answer) = await RegisterAsync("linus");

        answer.Expect(200, AuthShape.SignedIn(linus, presence: Shape.NoPresence));
        Assert.That(
            Template.Matches(Payload(linus.Session!), $$"""{"playerId":"{{linus.PlayerId}}","aliasId":{{linus.AliasId}},"iat":<count>}"""),
            Payload(linus.Session!));
    }

    [Test]
    public async Task RegistrationWithAnAddressAndRefresh_IsAnsweredWithBothAndKeepsTheAddressForItself()
    {
        var email = $"{Unique("mail")}@example.com";
        var (linus, answer) = await RegisterAsync("linus", $$"""
            "email":"{{email}}","withRefresh":true
            """);

        answer.Expect(200, AuthShape.SignedIn(linus, AuthShape.Account(email), withRefresh: true, Shape.NoPresence));
        (await CallAsync("POST", $"{Auth}/register", Credentials(Unique("other"), "x", $"\"email\":\"{email}\"")))
            .Expect(400, AuthShape.EmailTaken);
    }

    [Test]
    public async Task Registrations_AreRefused()
    {
        var ada = await AccountAsync();
        var name = Unique("nobody");

        await IsRefusedAsync(
            Credentials(ada.Identifier, "x"),
            $$"""{"message":"Player with identifier '{{ada.Identifier}}' already exists","errorCode":"IDENTIFIER_TAKEN","field":"aliases"}""");
        await IsRefusedAsync(
            $$"""{"identifier":"{{name}}"}""", Shape.Errors("password", "Invalid input: expected string, received undefined"));
        await IsRefusedAsync(
            Credentials(name, "x", "\"verificationEnabled\":true"),
            Shape.Errors("email", "email is required when verificationEnabled is true"));
        await IsRefusedAsync(Credentials(name, "x", "\"email\":\"nope\""), AuthShape.InvalidEmail);

        static async Task IsRefusedAsync(string body, string answer) =>
            (await CallAsync("POST", $"{Auth}/register", body)).Expect(400, answer);
    }

    [Test]
    public async Task WrongLogins_AreAnsweredAlike()
    {
        var ada = await AccountAsync();

        (await LoginAsync(ada.Identifier, "bad")).Expect(401, AuthShape.WrongLogin);
        (await LoginAsync(Unique("nobody"), FirstPassword)).Expect(401, AuthShape.WrongLogin);
    }

    [Test]
    public async Task Login_EndsTheEarlierSessionButNotItsSocket()
    {
        var ada = await AccountAsync();
        ada.Socket = await ConnectAsync(ada);
        var old = ada.Session;

        (await SignInAsync(ada)).Expect(200, AuthShape.SignedIn(ada, presence: Shape.Online));

        Assert.That((await TryAsync(ada)).Status, Is.EqualTo(200));
        (await ada.CallAsync("GET", "/v1/game-channels/subscriptions", null, ("x-talo-session", old!)))
            .Expect(401, AuthShape.InvalidSession);
        await ada.SendAsync("""{"req":"v1.channels.message","data":{"channel":{"id":999999999},"message":"x"}}""");
        await ada.ExpectAsync(Shape.ListenerError("v1.channels.message", "Channel not found"));
    }

    [Test]
    public async Task ReadScopeAlone_DoesNotSignIn()
    {
        (await BareCallAsync(
            "POST", $"{Auth}/login", Credentials("ada", "x"), ("authorization", $"Bearer {Server.ReadOnlyKeyOrIgnore()}")))
            .Expect(403, Shape.Message("Missing access key scope(s): write:players"));
    }
}
