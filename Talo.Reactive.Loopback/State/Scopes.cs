using System;
using System.Collections.Generic;
using System.Linq;

namespace Talo.Reactive.Loopback.State;

/// <summary>The scopes that an access key can have.</summary>
internal static class Scopes
{
    public const string Full = "*";

    public static readonly IReadOnlyList<string> Known =
    [
        Full,
        "read:players", "write:players",
        "read:playerPresence", "write:playerPresence",
        "read:gameChannels", "write:gameChannels",
        "read:playerRelationships", "write:playerRelationships",
        "read:playerBroadcasts", "write:playerBroadcasts",
        "read:gameConfig", "write:gameConfig",
        "read:leaderboards", "write:leaderboards",
        "read:gameStats", "write:gameStats",
        "read:gameSaves", "write:gameSaves",
        "read:gameFeedback", "write:gameFeedback",
        "read:events", "write:events",
        "read:playerGroups",
        "write:continuityRequests",
    ];

    public static IReadOnlyList<string> Reading { get; } =
        [.. Known.Where(scope => scope.StartsWith("read:", StringComparison.Ordinal))];

    /// <summary>What is wrong with a list of scopes; null when nothing is.</summary>
    public static string? Fault(IEnumerable<string> scopes) =>
        scopes.FirstOrDefault(scope => !Known.Contains(scope)) is { } unknown
            ? $"'{unknown}' is not a scope of Talo. They are {string.Join(", ", Known)}."
            : null;
}
