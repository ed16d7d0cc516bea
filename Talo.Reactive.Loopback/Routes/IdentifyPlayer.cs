using System.Collections.Generic;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class IdentifyPlayer : Route
{
    // The service of players who sign in with a password: those are made by registering, never by identifying.
    private const string TaloService = "talo";
    private const int MaxService = 255;
    private const int MaxIdentifier = 1024;

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
        var alias = Identification.Find(change, Game, service, identifier) ?? Create(change);
        var token = change.World.SocketTokens.Replace(alias, change.Now);
        return ApiReply.Ok(writer =>
        {
            writer.WriteAlias("alias", alias);
            writer.WriteString("socketToken", token);
        });
    }

    private PlayerAlias Create(Change change)
    {
        if (service == TaloService)
            throw new ApiRefusal(404, "Player not found: Talo aliases must be created using the /v1/players/auth API");
        if (!Call.Key.Has("write:players"))
            throw new ApiRefusal(404, "Player not found. Use an access key with the write:players scope to automatically create players");
        if (service.Length > MaxService || identifier.Length > MaxIdentifier)
            throw new ApiRefusal(ApiReply.Unhandled);
        return Identification.Create(change, Game, service, identifier, Call.IsDevBuild);
    }
}
