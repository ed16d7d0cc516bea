using System;

namespace Talo.Reactive;

/// <summary>What happens in one channel.</summary>
public sealed partial class TaloChannel
{
    private readonly TaloChannels channels;

    internal TaloChannel(TaloChannels channels, int id)
    {
        this.channels = channels;
        Id = id;
        Messages = channels.Streams.ChannelMessages.In(id);
        PlayerJoined = channels.Streams.ChannelPlayerJoined.In(id);
        PlayerLeft = channels.Streams.ChannelPlayerLeft.In(id);
        Updated = channels.Streams.ChannelUpdated.In(id);
        OwnershipTransferred = channels.Streams.ChannelOwnershipTransferred.In(id);
        Deleted = channels.Streams.ChannelDeleted.In(id);
        StorageUpdated = channels.Streams.ChannelStorageUpdated.In(id);
    }

    /// <summary>The channel's id.</summary>
    public int Id { get; }

    /// <summary>
    /// What is said in it. As <see cref="TaloChannels.Messages"/>, for this channel only; a frame costs the same whether one
    /// channel is listened to or a thousand.
    /// </summary>
    public IObservable<ChannelMessage> Messages { get; }

    /// <summary>Who became a member of it. As <see cref="TaloChannels.PlayerJoined"/>, for this channel only.</summary>
    public IObservable<ChannelPlayerJoined> PlayerJoined { get; }

    /// <summary>Who left it, and why. As <see cref="TaloChannels.PlayerLeft"/>, for this channel only.</summary>
    public IObservable<ChannelPlayerLeft> PlayerLeft { get; }

    /// <summary>What was changed about it. As <see cref="TaloChannels.Updated"/>, for this channel only.</summary>
    public IObservable<ChannelUpdated> Updated { get; }

    /// <summary>Who owns it now. As <see cref="TaloChannels.OwnershipTransferred"/>, for this channel only.</summary>
    public IObservable<ChannelOwnershipTransferred> OwnershipTransferred { get; }

    /// <summary>
    /// That it is gone. As <see cref="TaloChannels.Deleted"/>, for this channel only; the other streams go on, in silence.
    /// </summary>
    public IObservable<ChannelDeleted> Deleted { get; }
}
