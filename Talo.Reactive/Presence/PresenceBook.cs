using System.Collections.Generic;

namespace Talo.Reactive;

/// <summary>
/// What was last seen of each player, to tell what changed. Bounded: of players not seen among the last few thousand nothing is
/// known any more, nor of one whose status is longer than the server takes. Used on the delivery queue.
/// </summary>
internal sealed class PresenceBook
{
    /// <summary>The longest status that the server takes; ids are shorter.</summary>
    private const int LongestText = 255;

    private readonly int page;
    private Dictionary<string, PlayerPresence> recent = [];
    private Dictionary<string, PlayerPresence> older = [];

    /// <param name="page">Between one and two times as many players are remembered.</param>
    internal PresenceBook(int page = 5000) => this.page = page;

    /// <summary>An event, with what it changes; it is the last that was seen from now on.</summary>
    internal PresenceChange Read(PresenceUpdated update)
    {
        var presence = update.Presence;
        if (presence.PlayerAlias?.Player.Id is not { Length: > 0 } player)
            return new PresenceChange(presence, null, update.OnlineChanged, update.CustomStatusChanged);

        var previous = Find(player);
        Keep(player, presence);
        return previous is null
            ? new PresenceChange(presence, null, update.OnlineChanged, update.CustomStatusChanged)
            : new PresenceChange(presence, previous, presence.Online != previous.Online, presence.CustomStatus != previous.CustomStatus);
    }

    /// <summary>An answer of the server. It may be older than an event that was heard, so it counts only for a player not yet seen.</summary>
    internal void Note(string player, PlayerPresence presence)
    {
        if (Find(player) is null) Keep(player, presence);
    }

    private PlayerPresence? Find(string player) =>
        recent.TryGetValue(player, out var presence) || older.TryGetValue(player, out presence) ? presence : null;

    private void Keep(string player, PlayerPresence presence)
    {
        if (player.Length > LongestText || presence.CustomStatus.Length > LongestText)
        {
            // What was seen before is not what the next is to be compared with.
            recent.Remove(player);
            older.Remove(player);
            return;
        }

        if (recent.Count >= page && !recent.ContainsKey(player))
        {
            older = recent;
            recent = [];
        }

        // Not the whole alias with its props: a game has many players.
        recent[player] = presence with { PlayerAlias = null };
    }
}
