using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes.Auth;

internal sealed class ToggleVerification : PasswordRoute
{
    private bool verificationEnabled;
    private string? email;

    protected override void ReadChange(BodyFields body)
    {
        verificationEnabled = body.Flag("verificationEnabled");
        email = body.OptionalText("email");
    }

    protected override void CheckBeforePassword(PlayerAuth auth)
    {
        if (verificationEnabled && auth.Email is null && string.IsNullOrWhiteSpace(email))
        {
            throw new ApiRefusal(
                400, "An email address is required to enable verification", "VERIFICATION_EMAIL_REQUIRED");
        }
    }

    protected override ApiReply Apply(Change change, PlayerAuth auth)
    {
        auth.Email = FreeEmail(email, Caller.Player) ?? auth.Email;
        auth.VerificationEnabled = verificationEnabled;
        return ApiReply.NoContent;
    }
}
