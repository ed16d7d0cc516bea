using System;
using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Loopback.Sockets;

namespace Talo.Reactive.Loopback.State;

/// <summary>Saving the live config, which only the owner of a game can.</summary>
internal static class LiveConfig
{
    private const string Reserved = "META_";

    /// <exception cref="ArgumentException">The dashboard would not save this.</exception>
    public static void Save(Change change, Game game, IReadOnlyList<PropChange> changes)
    {
        if (changes.FirstOrDefault(prop => prop.Key.StartsWith(Reserved, StringComparison.Ordinal)) is { Key: { } key })
            throw new ArgumentException($"Live config keys must not start with {Reserved}, as '{key}' does: those are Talo's own.", nameof(changes));
        var rejected = new List<RejectedProp>();
        var merged = PropMerge.Apply(game.LiveConfig, changes, rejected, PropRules.MaxLiveConfigValue);
        if (rejected.Count > 0)
            throw new ArgumentException(string.Join(" ", rejected.Select(prop => prop.Message + ".")), nameof(changes));
        game.LiveConfig = merged;
        Broadcasts.LiveConfigUpdated(change, game);
    }
}
