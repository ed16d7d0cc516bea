using System;
using System.Linq;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes.Auth;

/// <summary>The new identifier must be nobody's, of whatever service.</summary>
internal sealed class ChangeIdentifier : PasswordRoute
{
    private string newIdentifier = "";

    protected override void ReadChange(BodyFields body) => newIdentifier = body.Text("newIdentifier").Trim().ToLowerInvariant();

    protected override ApiReply Apply(Change change, PlayerAuth auth)
    {
        if (IsIdentifierOf(Caller))
        {
            throw new ApiRefusal(
                400, "Please choose a different identifier", "NEW_IDENTIFIER_MATCHES_CURRENT_IDENTIFIER");
        }
        if (Game.Aliases.Values.Any(IsIdentifierOf))
            throw new ApiRefusal(400, "This identifier is already taken", "IDENTIFIER_TAKEN");
        if (!PlayerAlias.Fits(Caller.Service, newIdentifier))
            throw new ApiRefusal(ApiReply.Unhandled);
        Game.Rename(Caller, Caller.Service, newIdentifier, change.Now);
        change.Store(Caller);
        return ApiReply.Ok(writer => writer.WriteAlias("alias", Caller, withAuth: true));
    }

    private bool IsIdentifierOf(PlayerAlias alias) =>
        alias.Identifier.Equals(newIdentifier, StringComparison.OrdinalIgnoreCase);
}
