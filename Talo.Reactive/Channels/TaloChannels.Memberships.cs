using System;

namespace Talo.Reactive;

// What the client does by itself about the player's memberships.
public sealed partial class TaloChannels
{
    /// <summary>
    /// Memberships that the client could not get back after the connection broke, and ownership that went with it. Hot; on the
    /// socket's thread or the scheduler; completes when the client is disposed.
    /// </summary>
    /// <remarks>
    /// The server takes a player out of channels of temporary membership as soon as one connection of the player ends, up to a
    /// minute late when nobody closed it. The client goes back by itself after each reconnect, and when it hears that the
    /// player was taken out (scope <c>read:gameChannels</c>), by <c>POST /v1/game-channels/:id/join</c> (scope
    /// <c>write:gameChannels</c>): trouble that passes is waited out, and what the server refuses for good is told here, once.
    /// It knows the channels that the game's calls put the player into, and the 256 that the server told of last (an invitation,
    /// another device): of those it keeps little more than the id, the name and the owner's id, goes back once for each link
    /// that ended since, and says on <see cref="ITaloSocket.Faults"/> when it has to forget one. <see
    /// cref="ChannelMembershipOptions.RejoinTemporary"/> turns all of it off. When the game plays as somebody else, nothing is
    /// got back for the player of before.
    /// </remarks>
    public IObservable<ChannelMembershipLost> MembershipLost { get; }

    /// <summary>Whether the game itself asked for the player to be offline: that ends temporary memberships for good.</summary>
    internal Func<bool> IsOfflineByChoice
    {
        set => memberships.IsOfflineByChoice = value;
    }

    internal IObservable<Channel> Joined(int channelId) => memberships.Joined(channelId);

    internal void Stop() => memberships.Stop();

    /// <summary>The last thing that observers hear.</summary>
    internal void Complete() => memberships.Complete();
}
