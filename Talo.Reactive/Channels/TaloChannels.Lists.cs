using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Http;

namespace Talo.Reactive;

// Which channels there are, and who is in them.
public sealed partial class TaloChannels
{
    /// <summary>
    /// One page of the game's channels, the ones with most messages first; private ones are left out. The server may answer
    /// with a list that is some minutes old. Scope <c>read:gameChannels</c>; needs no player. <c>GET /v1/game-channels</c>.
    /// </summary>
    /// <param name="search">Which channels; all where it is null.</param>
    /// <param name="page">The page; the first is 0. One past the end is empty.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="ArgumentException">The page is negative, or a prop's value has no key.</exception>
    /// <exception cref="TaloException">The server refused, or could not be reached.</exception>
    public Task<Page<Channel>> GetChannelsAsync(ChannelSearch? search = null, int page = 0, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        return calls.Run(channelCalls.List(search ?? new ChannelSearch(), PageNumber(page)), cancellationToken);
    }

    /// <summary>
    /// All of the game's channels, as <see cref="GetChannelsAsync"/>: a page is asked for when the one before it is used up. The
    /// order is by messages, so that a channel may come twice or be missed where it moves meanwhile.
    /// </summary>
    /// <param name="search">Which channels; all where it is null.</param>
    /// <param name="cancellationToken">Gives the walk up.</param>
    public IAsyncEnumerable<Channel> GetAllChannelsAsync(ChannelSearch? search = null, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        return Pages.Walk((page, cancellation) => GetChannelsAsync(search, page, cancellation), cancellationToken);
    }

    /// <summary>
    /// The channels that the player is a member of, private ones included; there are no pages. Scope <c>read:gameChannels</c>,
    /// and a player. <c>GET /v1/game-channels/subscriptions</c>.
    /// </summary>
    /// <param name="propKey">Only channels that have a prop with this key; null for all.</param>
    /// <param name="propValue">Only channels whose prop has this value; needs the key.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="ArgumentException">A prop's value has no key.</exception>
    /// <exception cref="TaloException">No player is known, the server refused, or could not be reached.</exception>
    public Task<IReadOnlyList<Channel>> GetSubscribedChannelsAsync(
        string? propKey = null, string? propValue = null, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var alias = connection.RequirePlayer("GetSubscribedChannelsAsync");
        var search = new ChannelSearch { PropKey = propKey, PropValue = propValue };
        return calls.Run(channelCalls.Subscribed(alias.Id, search), cancellationToken);
    }

    /// <summary>
    /// One page of a channel's members; the player has to be one of them. Scope <c>read:gameChannels</c>, and a player.
    /// <c>GET /v1/game-channels/:id/members</c>.
    /// </summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="search">Which members; all where it is null.</param>
    /// <param name="page">The page; the first is 0. One past the end is empty.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="ArgumentException">The page is negative, or a prop's value has no key.</exception>
    /// <exception cref="TaloException">The player is no member (403), the server refused, or could not be reached.</exception>
    public Task<Page<PlayerAlias>> GetMembersAsync(
        int channelId, ChannelMemberSearch? search = null, int page = 0, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var alias = connection.RequirePlayer("GetMembersAsync");
        return calls.Run(channelCalls.Members(alias.Id, channelId, search ?? new ChannelMemberSearch(), PageNumber(page)), cancellationToken);
    }

    /// <summary>
    /// All members of a channel, as <see cref="GetMembersAsync"/>: a page is asked for when the one before it is used up.
    /// </summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="search">Which members; all where it is null.</param>
    /// <param name="cancellationToken">Gives the walk up.</param>
    public IAsyncEnumerable<PlayerAlias> GetAllMembersAsync(
        int channelId, ChannelMemberSearch? search = null, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        return Pages.Walk((page, cancellation) => GetMembersAsync(channelId, search, page, cancellation), cancellationToken);
    }

    private static int PageNumber(int page) =>
        page >= 0 ? page : throw new ArgumentOutOfRangeException(nameof(page), page, "Pages are counted from 0.");
}
