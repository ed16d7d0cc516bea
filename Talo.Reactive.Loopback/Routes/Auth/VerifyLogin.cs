using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes.Auth;

/// <summary>Completes a login with the code that was mailed.</summary>
internal sealed class VerifyLogin : AuthRoute
{
    private double aliasId;
    private string code = "";
    private bool withRefresh;

    protected override void ReadBody(BodyFields body)
    {
        aliasId = body.Number("aliasId");
        code = body.Text("code");
        withRefresh = body.OptionalFlag("withRefresh") ?? false;
    }

    protected override ApiReply Handle(Change change)
    {
        if (Game.FindAlias(aliasId) is not { } alias)
            throw new ApiRefusal(403, "Player alias not found", "VERIFICATION_ALIAS_NOT_FOUND");
        if (alias is not { IsTalo: true, Player.Auth: not null })
            throw NoAuthentication();
        if (!Game.MailedCodes.TryVerify(alias, code, change.Now))
            throw new ApiRefusal(403, "Invalid code", "VERIFICATION_CODE_INVALID");
        return SignIn(change, alias, withRefresh);
    }
}
