using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes.Auth;

internal sealed class RefreshSession : AuthRoute
{
    private string refreshToken = "";

    protected override void ReadBody(BodyFields body) => refreshToken = body.Text("refreshToken");

    protected override ApiReply Handle(Change change)
    {
        var alias = SessionTokens.RefreshedBy(refreshToken, Game, change.Now)
            ?? throw new ApiRefusal(401, "Invalid refresh token", "INVALID_SESSION");
        Accounts.StartSession(change, alias.Player);
        return ApiReply.Ok(writer =>
        {
            writer.WriteString("sessionToken", SessionTokens.Session(alias, change.Now));
            writer.WriteString("refreshToken", SessionTokens.Refresh(alias, change.Now));
        });
    }
}
