using System.Collections.Generic;
using System.Linq;

namespace Talo.Reactive.Loopback.State;

/// <summary>Merges one player into another, who gets its aliases, with all that hangs on them, and its props.</summary>
internal static class PlayerMerge
{
    public static void Apply(Player into, Player from)
    {
        into.Props = Props(into.Props, from.Props);
        foreach (var alias in from.Aliases)
            alias.Player = into;
        into.Aliases.AddRange(from.Aliases);
        into.Aliases.Sort((left, right) => left.Id.CompareTo(right.Id));
        from.Aliases.Clear();
        into.Game.Players.Remove(from.Id);
    }

    /// <summary>One value a key remains, so that an array is reduced to its first value.</summary>
    public static List<Prop> Props(IEnumerable<Prop> into, IEnumerable<Prop> from) =>
        [.. from.Concat(into).DistinctBy(prop => prop.Key)];

    /// <summary>The services that both have an alias of, which keeps them apart.</summary>
    public static List<string> SharedServices(Player into, Player from)
    {
        var services = (Into: Services(into), From: Services(from));
        // The order is that of the smaller set, as JavaScript intersects.
        return services.Into.Count <= services.From.Count
            ? [.. services.Into.Where(services.From.Contains)]
            : [.. services.From.Where(services.Into.Contains)];
    }

    private static List<string> Services(Player player) => [.. player.Aliases.Select(alias => alias.Service).Distinct()];
}
