using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes.Auth;

internal sealed class Login : AuthRoute
{
    private string identifier = "";
    private string password = "";
    private bool withRefresh;

    protected override void ReadBody(BodyFields body)
    {
        identifier = body.Text("identifier").Trim();
        password = body.Text("password");
        withRefresh = body.OptionalFlag("withRefresh") ?? false;
    }

    protected override ApiReply Handle(Change change)
    {
        if (Accounts.Find(Game, identifier) is not { Player.Auth: { } auth } alias || !auth.Password.Matches(password))
            throw new ApiRefusal(401, "Incorrect identifier or password", "INVALID_CREDENTIALS");
        if (auth is not { VerificationEnabled: true, Email: { } email })
            return SignIn(change, alias, withRefresh);

        Game.MailedCodes.SendVerification(alias, email, change.Now);
        return ApiReply.Ok(writer =>
        {
            writer.WriteNumber("aliasId", alias.Id);
            writer.WriteBoolean("verificationRequired", true);
        });
    }
}
