namespace Talo.Reactive.Loopback.State;

/// <summary>Finds the alias that a game identifies, or makes a player for it.</summary>
internal static class Identification
{
    public static PlayerAlias? Find(Change change, Game game, string service, string identifier)
    {
        if (game.FindAlias(service, identifier) is not { } alias)
            return null;
        alias.Seen(change.Now);
        change.Store(alias.Player);
        return change.Store(alias);
    }

    public static PlayerAlias Create(Change change, Game game, string service, string identifier, bool devBuild)
    {
        var player = change.Store(new Player(game, change.Now, devBuild));
        var alias = change.Store(new PlayerAlias(change.World.NextAliasId(), player, service, identifier, change.Now));
        game.Add(alias);
        return alias;
    }
}
