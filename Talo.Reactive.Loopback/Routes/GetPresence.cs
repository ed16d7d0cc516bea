using System.Collections.Generic;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class GetPresence : Route
{
    private string playerId = "";

    protected override IReadOnlyList<string> Scopes => ["read:playerPresence"];

    protected override void ReadPath(IReadOnlyDictionary<string, string> path, FieldErrors errors)
    {
        playerId = path["id"];
        if (UuidField.Fault(playerId) is { } fault)
            errors.Add("id", fault);
    }

    protected override ApiReply Handle(Change change)
    {
        if (!Game.Players.TryGetValue(playerId, out var player))
            throw new ApiRefusal(404, "Player not found");
        var presence = player.Presence ?? new Presence(change.Now);
        return ApiReply.Ok(writer => writer.WritePresence("presence", presence));
    }
}
