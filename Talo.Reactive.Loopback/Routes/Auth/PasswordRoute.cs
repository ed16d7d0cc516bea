using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes.Auth;

/// <summary>A change of the account, for which the password is asked for once more.</summary>
internal abstract class PasswordRoute : AccountRoute
{
    protected string CurrentPassword { get; private set; } = "";

    protected sealed override void ReadBody(BodyFields body)
    {
        CurrentPassword = body.Text("currentPassword");
        ReadChange(body);
    }

    protected virtual void ReadChange(BodyFields body)
    {
    }

    protected sealed override ApiReply Handle(Change change, PlayerAuth auth)
    {
        CheckBeforePassword(auth);
        if (!auth.Password.Matches(CurrentPassword))
            throw new ApiRefusal(403, "Current password is incorrect", "INVALID_CREDENTIALS");
        return Apply(change, auth);
    }

    protected virtual void CheckBeforePassword(PlayerAuth auth)
    {
    }

    protected abstract ApiReply Apply(Change change, PlayerAuth auth);
}
