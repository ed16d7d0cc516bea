using System;
using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

/// <summary>Merges the second player into the first.</summary>
internal sealed class MergePlayers : Route
{
    // With one of these somebody else could not have signed in, so that only the player itself may be given more aliases.
    private static readonly string[] ProvenServices = ["talo", "steam", "google_play_games", "game_center"];

    private string intoId = "";
    private string fromId = "";

    protected override IReadOnlyList<string> Scopes => ["read:players", "write:players"];

    protected override bool NeedsAlias => true;

    protected override bool HasBody => true;

    protected override void ReadBody(BodyFields body)
    {
        intoId = body.Uuid("playerId1");
        fromId = body.Uuid("playerId2");
    }

    protected override ApiReply Handle(Change change)
    {
        if (intoId.Equals(fromId, StringComparison.OrdinalIgnoreCase))
            throw new ApiRefusal(400, "Cannot merge a player into themselves");
        var into = Find(intoId);
        var from = Find(fromId);
        if (ProvenServices.Any(service => Has(into, service)) && Caller.Player != into)
            throw new ApiRefusal(403, $"This merge must be initiated by player {intoId}");
        if (Has(from, "talo"))
            throw new ApiRefusal(400, $"Player {fromId} has authentication enabled and cannot be merged");
        if (Has(from, "steam"))
            throw new ApiRefusal(400, $"Player {fromId} has a Steam alias and cannot be merged");
        if (Has(from, "google_play_games"))
            throw new ApiRefusal(400, $"Player {fromId} has a Google Play Games alias and cannot be merged");
        if (PlayerMerge.SharedServices(into, from) is { Count: > 0 } shared)
        {
            throw new ApiRefusal(
                400,
                $"Cannot merge players: both players have aliases with the following service(s): {string.Join(", ", shared)}");
        }

        PlayerMerge.Apply(into, from);
        return ApiReply.Ok(writer => writer.WritePlayer("player", into));
    }

    private Player Find(string id) =>
        Game.Players.TryGetValue(id, out var player) ? player : throw new ApiRefusal(404, $"Player {id} does not exist");

    private static bool Has(Player player, string service) => player.Aliases.Any(alias => alias.Service == service);
}
