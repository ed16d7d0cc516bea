using System;
using System.Reactive.Linq;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Channels.Memberships;

namespace Talo.Reactive;

// What a channel's owner may do.
public sealed partial class TaloChannels
{
    /// <summary>
    /// Changes a channel; only its owner may. All of it is done or, where the server refuses a part, nothing. Scope
    /// <c>write:gameChannels</c>, and a player. <c>PUT /v1/game-channels/:id</c>; the members hear
    /// <c>v1.channels.ownership-transferred</c> and <c>v1.channels.updated</c>.
    /// </summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="changes">What to change.</param>
    /// <param name="cancellationToken">Gives the call up; the server may have got it.</param>
    /// <returns>The channel with its changes.</returns>
    /// <exception cref="ArgumentException">The changes contradict themselves, or a prop has no key.</exception>
    /// <exception cref="TaloException">
    /// The player is not the owner (403), props were refused (400, named in <see cref="TaloException.RejectedProps"/>), the new
    /// owner does not exist (404), or the server could not be reached.
    /// </exception>
    public Task<Channel> UpdateAsync(int channelId, ChannelChanges changes, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        if (changes is null) throw new ArgumentNullException(nameof(changes), "Say what to change about the channel.");
        var alias = connection.RequirePlayer("UpdateAsync");
        var update = channelCalls.Update(alias.Id, channelId, changes.ToJson())
            .Do(x => memberships.Signal(channelId, alias.Id, new MembershipSignal.Changed(x)));
        return calls.Run(update, cancellationToken);
    }

    /// <summary>
    /// Gives a channel to another owner; only its owner may. One that is no member becomes one, without a <c>player-joined</c>.
    /// As <see cref="UpdateAsync"/> with <see cref="ChannelChanges.OwnerAliasId"/>.
    /// </summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="newOwnerAliasId">The alias that owns it from now on.</param>
    /// <param name="cancellationToken">Gives the call up; the server may have got it.</param>
    /// <exception cref="TaloException">The player is not the owner (403), or there is no such alias (404).</exception>
    public Task<Channel> TransferOwnershipAsync(int channelId, int newOwnerAliasId, CancellationToken cancellationToken = default) =>
        UpdateAsync(channelId, new ChannelChanges { OwnerAliasId = newOwnerAliasId }, cancellationToken);

    /// <summary>
    /// Makes another player a member at once, without asking that player; only the channel's owner may. It is the only way into a
    /// private channel. Scope <c>write:gameChannels</c>, and a player. <c>POST /v1/game-channels/:id/invite</c>; the members, the
    /// invited one included, hear <c>v1.channels.player-joined</c>.
    /// </summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="inviteeAliasId">Who is invited. One that is a member already changes nothing.</param>
    /// <param name="cancellationToken">Gives the call up; the server may have got it.</param>
    /// <exception cref="TaloException">
    /// The player is not the owner (403), invites itself (400), or there is no such alias (404).
    /// </exception>
    public Task InviteAsync(int channelId, int inviteeAliasId, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var alias = connection.RequirePlayer("InviteAsync");
        return calls.Run(channelCalls.Invite(alias.Id, channelId, inviteeAliasId), cancellationToken);
    }

    /// <summary>
    /// Deletes a channel with its messages and storage; only its owner may. Scope <c>write:gameChannels</c>, and a player.
    /// <c>DELETE /v1/game-channels/:id</c>; the members hear <c>v1.channels.deleted</c> and no <c>player-left</c>.
    /// </summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="cancellationToken">Gives the call up; the server may have got it.</param>
    /// <exception cref="TaloException">The player is not the owner (403), or there is no such channel (404).</exception>
    public Task DeleteAsync(int channelId, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var alias = connection.RequirePlayer("DeleteAsync");
        var delete = channelCalls.Delete(alias.Id, channelId)
            .Do(_ => memberships.Signal(channelId, alias.Id, new MembershipSignal.Deleted()));
        return calls.Run(delete, cancellationToken);
    }
}
