using System;
using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Loopback.Sockets;

namespace Talo.Reactive.Loopback.State;

/// <summary>The live config as the dashboard saves it: all of a change or nothing.</summary>
internal static class LiveConfig
{
    public const int MaxValue = 4096;

    // Talo's own, which a dashboard refuses and the game's answers leave out.
    private const string Reserved = "META_";

    /// <exception cref="ArgumentException">The dashboard would not save this.</exception>
    public static void Save(Change change, Game game, IReadOnlyList<PropChange> props)
    {
        var reserved = props.Select(prop => prop.Key).FirstOrDefault(key => key.StartsWith(Reserved, StringComparison.Ordinal));
        if (reserved is not null)
            throw new ArgumentException($"'{reserved}' starts with {Reserved}, which only Talo's own keys do.", nameof(props));
        var rejected = new List<RejectedProp>();
        var merged = PropMerge.Apply(game.LiveConfig, props, rejected, MaxValue);
        if (rejected.Count > 0)
            throw new ArgumentException($"Not saved: {string.Join("; ", rejected.Select(prop => prop.Message))}.", nameof(props));
        game.LiveConfig = merged;
        Broadcasts.LiveConfigUpdated(change, game);
    }
}
