using System;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes.Auth;

internal sealed class ChangeEmail : PasswordRoute
{
    private string newEmail = "";

    protected override void ReadChange(BodyFields body) => newEmail = body.Text("newEmail");

    protected override ApiReply Apply(Change change, PlayerAuth auth)
    {
        if (newEmail.Trim().Equals(auth.Email, StringComparison.OrdinalIgnoreCase))
            throw new ApiRefusal(400, "Please choose a different email address", "NEW_EMAIL_MATCHES_CURRENT_EMAIL");
        auth.Email = FreeEmail(newEmail, Caller.Player)
            ?? throw new ApiRefusal(400, "Invalid email address", "INVALID_EMAIL");
        return ApiReply.NoContent;
    }
}
