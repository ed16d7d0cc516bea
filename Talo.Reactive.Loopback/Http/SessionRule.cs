using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Http;

/// <summary>Whoever acts as a player with a password has to show the session, with both of the player's ids.</summary>
internal static class SessionRule
{
    private const string RefreshPath = "/v1/players/auth/refresh";

    public static void Check(Change change, ApiCall call)
    {
        if (!call.Target.IsApi || call.Target.Path == RefreshPath)
            return;
        var playerId = call.Header("x-talo-player");
        var aliasId = ScriptNumber.Parse(call.Header("x-talo-alias") ?? "");
        if (Find(call.Game, aliasId, playerId) is not { } alias)
            return;
        Demand(change, call, alias);
        if (alias.Player.Id != playerId || alias.Id != aliasId)
            throw Invalid();
    }

    /// <summary>Fails unless the call shows the session of this alias.</summary>
    public static void Demand(Change change, ApiCall call, PlayerAlias alias)
    {
        if (call.Header("x-talo-session") is not { Length: > 0 } session)
            throw new ApiRefusal(401, "The x-talo-session header is required for this player", "MISSING_SESSION");
        if (!SessionTokens.IsSession(session, alias, change.Now))
            throw Invalid();
    }

    private static PlayerAlias? Find(Game game, double aliasId, string? playerId)
    {
        if (game.FindAlias(aliasId) is { IsTalo: true } alias)
            return alias;
        return playerId is not null && game.Players.TryGetValue(playerId, out var player)
            ? player.Aliases.Find(candidate => candidate.IsTalo)
            : null;
    }

    private static ApiRefusal Invalid() => new(401, "The x-talo-session header is invalid", "INVALID_SESSION");
}
