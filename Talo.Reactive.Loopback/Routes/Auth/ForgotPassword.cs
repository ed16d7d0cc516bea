using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes.Auth;

/// <summary>Does not tell whether anybody has the address.</summary>
internal sealed class ForgotPassword : AuthRoute
{
    private string email = "";

    protected override void ReadBody(BodyFields body) => email = body.Text("email");

    protected override ApiReply Handle(Change change)
    {
        if (Accounts.FindByEmail(Game, email) is { Auth.Email: { } address } player)
            Game.MailedCodes.SendReset(player, address, change.Now);
        return ApiReply.NoContent;
    }
}
