using System;
using Talo.Reactive.Inbound;

namespace Talo.Reactive;

// What happens in the channels that the player is a member of. Each stream is hot, shared and decoded once for all observers, and
// completes when the client is disposed.
public sealed partial class TaloChannels
{
    /// <summary>
    /// What is said in the channels that the player is a member of, the player's own messages included. Hot, shared, decoded once
    /// for all observers, on the socket's thread; completes when the client is disposed. Scope <c>read:gameChannels</c>.
    /// Talo Socket: <c>v1.channels.message</c>.
    /// </summary>
    public IObservable<ChannelMessage> Messages { get; }

    /// <summary>
    /// Players who became members, by joining, by invitation or by making the channel; the player itself too. Not one whom a
    /// channel was handed over to. Hot, as <see cref="Messages"/>. Talo Socket: <c>v1.channels.player-joined</c>.
    /// </summary>
    public IObservable<ChannelPlayerJoined> PlayerJoined { get; }

    /// <summary>
    /// Members who left, and whether they chose to or went offline; the player itself too. Nobody leaves a channel that is
    /// deleted. Hot, as <see cref="Messages"/>. Talo Socket: <c>v1.channels.player-left</c>.
    /// </summary>
    public IObservable<ChannelPlayerLeft> PlayerLeft { get; }

    /// <summary>
    /// Channels whose settings or props were changed. The change may not be saved yet when it is told: a
    /// <see cref="FindAsync"/> right now may answer with the old channel. Hot, as <see cref="Messages"/>. Talo Socket:
    /// <c>v1.channels.updated</c>.
    /// </summary>
    public IObservable<ChannelUpdated> Updated { get; }

    /// <summary>
    /// Channels with another owner. Says nothing when a channel has none any more. Hot, as <see cref="Messages"/>. Talo Socket:
    /// <c>v1.channels.ownership-transferred</c>.
    /// </summary>
    public IObservable<ChannelOwnershipTransferred> OwnershipTransferred { get; }

    /// <summary>Channels that are gone. Hot, as <see cref="Messages"/>. Talo Socket: <c>v1.channels.deleted</c>.</summary>
    public IObservable<ChannelDeleted> Deleted { get; }

    internal EventStreams Streams { get; }
}
