using System.Collections.Generic;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class IdentifyPlayer : Route
{
    private string service = "";
    private string identifier = "";

    protected override IReadOnlyList<string> Scopes => ["read:players"];

    protected override void ReadQuery(QueryFields query)
    {
        service = query.Required("service").Trim();
        identifier = query.Required("identifier").Trim();
    }

    protected override ApiReply Handle(Change change)
    {
        // Only when it is spelt so: another spelling finds the same player, and asks for nothing.
        var isTalo = service == PlayerAlias.TaloService;
        if (isTalo && Accounts.Find(Game, identifier) is { } account)
            SessionRule.Demand(change, Call, account);
        var alias = Identification.Find(change, Game, service, identifier) ?? Create(change);
        var token = change.World.SocketTokens.Replace(alias, change.Now);
        return ApiReply.Ok(writer =>
        {
            writer.WriteAlias("alias", alias, withAuth: isTalo);
            writer.WriteString("socketToken", token);
        });
    }

    private PlayerAlias Create(Change change)
    {
        if (service == PlayerAlias.TaloService)
            throw new ApiRefusal(404, "Player not found: Talo aliases must be created using the /v1/players/auth API");
        if (!Call.Key.Has("write:players"))
            throw new ApiRefusal(404, "Player not found. Use an access key with the write:players scope to automatically create players");
        if (!PlayerAlias.Fits(service, identifier))
            throw new ApiRefusal(ApiReply.Unhandled);
        return Identification.Create(change, Game, service, identifier, Call.IsDevBuild);
    }
}
