using System;
using System.Linq;

namespace Talo.Reactive.Loopback.State;

/// <summary>Players who sign in with a password: finding them, and what becomes of their aliases.</summary>
internal static class Accounts
{
    public static PlayerAlias? Find(Game game, string identifier) =>
        game.FindAlias(PlayerAlias.TaloService, identifier) is { IsTalo: true, Player.Auth: not null } alias ? alias : null;

    public static Player? FindByEmail(Game game, string email) =>
        game.Players.Values.FirstOrDefault(player => email.Equals(player.Auth?.Email, StringComparison.OrdinalIgnoreCase));

    public static void StartSession(Change change, Player player)
    {
        player.Auth!.StartSession(change.Now);
        player.LastSeenAt = change.Now;
        change.Store(player.Auth);
        change.Store(player);
    }

    /// <summary>
    /// Removes the alias with all that hangs on it, and tells nobody. The player remains, its sockets stay open.
    /// </summary>
    public static void Delete(PlayerAlias alias)
    {
        var game = alias.Player.Game;
        foreach (var channel in game.Channels.Values)
        {
            channel.Remove(alias);
            channel.Storage.Forget(alias);
            if (channel.Owner == alias)
                channel.Owner = null;
        }
        game.Subscriptions.Forget(alias);
        alias.Player.Auth = null;
        alias.Player.Presence = null;
        game.Remove(alias);
    }
}
