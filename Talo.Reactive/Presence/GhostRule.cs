using System;
using System.Linq;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>
/// Decides when the client sets its own player online again. The server marks a player offline when any link of the player ends,
/// and it may notice the end of a lost link long after the next one was identified: the player is then a ghost, there and shown
/// as offline. Pure.
/// </summary>
/// <remarks>
/// It heals only what it can take for that: one time for each link of this client that ended, and soon after it. Everything else
/// was another device or somebody's choice. So two devices of one player never answer each other for ever.
/// </remarks>
internal sealed record GhostRule
{
    /// <summary>The server pings each 30 s and misses one: it knows of a lost link after 60 s, and some.</summary>
    internal static readonly TimeSpan Window = TimeSpan.FromSeconds(90);

    /// <summary>The links of this client that ended within the window and were not made up for yet.</summary>
    private ValueList<EndedLink> Ended { get; init; } = ValueList<EndedLink>.Empty;

    /// <summary>The player whom the game has set offline; null where it has not.</summary>
    internal string? OfflineByChoice { get; private init; }

    /// <summary>How many events are due that this client's own calls to go offline have caused.</summary>
    private int OfflineDue { get; init; }

    internal bool WantsOnline(string player) => OfflineByChoice != player;

    /// <summary>The game has decided whether a player is shown online.</summary>
    /// <param name="player">The player's id.</param>
    /// <param name="online">The decision.</param>
    /// <param name="isHeard">Whether the event of it will be received.</param>
    internal GhostRule Choose(string player, bool online, bool isHeard) => this with
    {
        OfflineByChoice = online ? null : player,
        OfflineDue = !online && isHeard ? OfflineDue + 1 : OfflineDue,
    };

    /// <summary>The call that followed a decision failed: it does not hold, and no event of it is due.</summary>
    /// <param name="before">The rule before the decision.</param>
    /// <param name="choice">The rule right after it.</param>
    /// <param name="isLatest">Whether no other decision has followed, which would stand.</param>
    internal GhostRule Undo(GhostRule before, GhostRule choice, bool isLatest) => this with
    {
        OfflineByChoice = isLatest ? before.OfflineByChoice : OfflineByChoice,
        OfflineDue = choice.OfflineDue > before.OfflineDue ? Math.Max(0, OfflineDue - 1) : OfflineDue,
    };

    /// <summary>A link has ended on which the player was, or may have been, identified.</summary>
    internal GhostRule LinkEnded(string player, DateTimeOffset at) =>
        this with { Ended = Within(at, new EndedLink(player, at)), OfflineDue = 0 };

    /// <summary>Forgets the links that ended too long ago.</summary>
    internal GhostRule At(DateTimeOffset now) => this with { Ended = Within(now) };

    /// <summary>Whether an event could still be a ghost.</summary>
    internal bool IsWatching => Ended.Count > 0;

    /// <summary>The player was identified, which sets online.</summary>
    /// <returns>Whether to set the player offline again; that, too, is the one call for a link that ended.</returns>
    internal (GhostRule Next, bool Hides) Identified(string player, DateTimeOffset now) =>
        WantsOnline(player) ? (this, false) : (At(now).Spend(player) ?? this, true);

    /// <summary>The player's own presence has arrived on an identified link.</summary>
    internal (GhostRule Next, bool Heals) Hear(string player, bool online, DateTimeOffset now)
    {
        var next = At(now);
        if (online) return (next, false);
        if (OfflineDue > 0) return (next with { OfflineDue = OfflineDue - 1 }, false);
        return WantsOnline(player) && next.Spend(player) is { } spent ? (spent, true) : (next, false);
    }

    /// <summary>Makes up for the first link of the player that ended; null where there is none.</summary>
    private GhostRule? Spend(string player)
    {
        var link = Ended.FirstOrDefault(x => x.Player == player);
        return link is null ? null : this with { Ended = ValueList<EndedLink>.Owning(Ended.Where(x => !ReferenceEquals(x, link)).ToArray()) };
    }

    private ValueList<EndedLink> Within(DateTimeOffset now, params EndedLink[] more) =>
        ValueList<EndedLink>.Owning(Ended.Where(x => now - x.At <= Window).Concat(more).ToArray());

    private sealed record EndedLink(string Player, DateTimeOffset At);
}
