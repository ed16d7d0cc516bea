using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes.Auth;

/// <summary>Sets a new password by the code that was mailed, which ends the session.</summary>
internal sealed class ResetPassword : AuthRoute
{
    private string code = "";
    private string password = "";

    protected override void ReadBody(BodyFields body)
    {
        code = body.Text("code");
        password = body.Text("password");
    }

    protected override ApiReply Handle(Change change)
    {
        if (Game.MailedCodes.RedeemReset(code, change.Now) is not { Auth: { } auth })
            throw new ApiRefusal(401, "This code is either invalid or has expired", "PASSWORD_RESET_CODE_INVALID");
        auth.Password = new(password);
        auth.EndSession();
        return ApiReply.NoContent;
    }
}
