using System.Collections.Generic;
using static Talo.Reactive.Channels.Memberships.MembershipSignal;

namespace Talo.Reactive.Channels.Memberships;

/// <summary>
/// The memberships that only the server told of: by an invitation, or by another device of the player. How many there are, and how
/// large, is the server's choice, so the oldest are forgotten and of each channel little is kept. Used inside turns.
/// </summary>
internal sealed class HeardMemberships
{
    /// <summary>How many are kept.</summary>
    internal const int Most = 256;

    // The server takes none that is longer.
    private const int LongestName = 255;

    private readonly LinkedList<MembershipEntry> entries = new();

    /// <summary>Keeps one more.</summary>
    /// <returns>The one that has to be forgotten for it; null where there is room.</returns>
    internal MembershipEntry? Add(MembershipEntry entry)
    {
        entry.Heard = entries.AddLast(entry);
        if (entries.Count <= Most) return null;
        var oldest = entries.First!.Value;
        Remove(oldest);
        return oldest;
    }

    /// <summary>The membership is over, or the game's own by now.</summary>
    internal void Remove(MembershipEntry entry)
    {
        if (entry.Heard is { } place) entries.Remove(place);
        entry.Heard = null;
    }

    internal void Clear() => entries.Clear();

    /// <summary>The signal with what is worth keeping of its channel: how to name it, whether to go back, and whose it is.</summary>
    internal static MembershipSignal Kept(MembershipSignal signal) => signal switch
    {
        SeenInside seen => new SeenInside(Kept(seen.Channel)),
        Changed changed => new Changed(Kept(changed.Channel)),
        JoinSucceeded joined => new JoinSucceeded(Kept(joined.Channel)),
        _ => signal,
    };

    private static Channel Kept(Channel channel) => new()
    {
        Id = channel.Id,
        Name = channel.Name.Length <= LongestName ? channel.Name : "",
        Owner = channel.Owner is { } owner ? new PlayerAlias { Id = owner.Id } : null,
        Private = channel.Private,
        TemporaryMembership = channel.TemporaryMembership,
    };
}
