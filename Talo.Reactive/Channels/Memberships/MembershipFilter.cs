using System;
using System.Collections.Concurrent;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Channels.Memberships;

/// <summary>
/// Which events of channels concern the memberships of a player: in a lobby of thousands nearly all that come and go are others,
/// and their events need not be decoded. Asked by the reader of the socket, outside of turns.
/// </summary>
/// <param name="player">The alias that plays now.</param>
/// <param name="channels">The channels that something is known of.</param>
internal sealed class MembershipFilter(Func<int?> player, ConcurrentDictionary<int, MembershipEntry> channels)
{
    /// <summary>Whether the player may be in it.</summary>
    internal bool IsOfPlayer(ReadOnlySpan<byte> data) => player() is { } id && NumberIn.MayBe(data, id);

    /// <summary>Whether it may be of a channel that something is known of.</summary>
    internal bool IsOfKnownChannel(ReadOnlySpan<byte> data) =>
        !ChannelId.TryPeek(data, out var id) || channels.ContainsKey(id);
}
