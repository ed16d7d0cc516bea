using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes.Auth;

internal sealed class ChangePassword : PasswordRoute
{
    private string newPassword = "";

    protected override void ReadChange(BodyFields body) => newPassword = body.Text("newPassword");

    protected override ApiReply Apply(Change change, PlayerAuth auth)
    {
        if (newPassword == CurrentPassword)
            throw new ApiRefusal(400, "Please choose a different password", "NEW_PASSWORD_MATCHES_CURRENT_PASSWORD");
        auth.Password = new(newPassword);
        return ApiReply.NoContent;
    }
}
