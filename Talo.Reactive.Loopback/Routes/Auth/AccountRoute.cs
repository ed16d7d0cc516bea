using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes.Auth;

/// <summary>A route for a player who has signed in. The session itself has been checked before any route is looked for.</summary>
internal abstract class AccountRoute : AuthRoute
{
    protected sealed override bool NeedsAlias => true;

    protected sealed override void CheckHeaders(FieldErrors errors)
    {
        if (UuidField.Fault(Call.Header("x-talo-player") ?? "") is not null)
            errors.Add("x-talo-player", "x-talo-player header must be a valid player ID");
        base.CheckHeaders(errors);
        if (string.IsNullOrEmpty(Call.Header("x-talo-session")))
            errors.Add("x-talo-session", "x-talo-session header is required");
    }

    protected sealed override ApiReply Handle(Change change) =>
        Caller is { IsTalo: true, Player.Auth: { } auth } ? Handle(change, auth) : throw NoAuthentication();

    protected abstract ApiReply Handle(Change change, PlayerAuth auth);
}
