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
        Messages = channels.MessagesIn(id);
    }

    /// <summary>The channel's id.</summary>
    public int Id { get; }

    /// <summary>
    /// What is said in it. As <see cref="TaloChannels.Messages"/>, for this channel only; a frame costs the same whether one
    /// channel is listened to or a thousand.
    /// </summary>
    public IObservable<ChannelMessage> Messages { get; }
}
