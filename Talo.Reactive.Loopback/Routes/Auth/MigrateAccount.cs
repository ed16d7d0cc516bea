using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes.Auth;

/// <summary>Makes the alias one of another service, for which no password is needed.</summary>
internal sealed class MigrateAccount : PasswordRoute
{
    private string service = "";
    private string identifier = "";

    protected override void ReadChange(BodyFields body)
    {
        service = body.Text("service").Trim();
        identifier = body.Text("identifier").Trim();
    }

    protected override ApiReply Apply(Change change, PlayerAuth auth)
    {
        if (service == PlayerAlias.TaloService)
            throw new ApiRefusal(400, "Cannot migrate to the Talo service", "INVALID_MIGRATION_TARGET");
        if (Game.FindAlias(service, identifier) is not null)
            throw new ApiRefusal(409, "A player already exists with this identifier", "IDENTIFIER_TAKEN");
        if (!PlayerAlias.Fits(service, identifier))
            throw new ApiRefusal(ApiReply.Unhandled);
        Game.Rename(Caller, service, identifier, change.Now);
        Caller.Player.Auth = null;
        change.Store(Caller);
        return ApiReply.Ok(writer => writer.WriteAlias("alias", Caller));
    }
}
