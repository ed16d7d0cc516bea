using System;

namespace Talo.Reactive;

/// <summary>What the client does by itself about the player's membership of channels.</summary>
public sealed class ChannelMembershipOptions
{
    /// <summary>
    /// How long after the last observer of <see cref="TaloChannel.Joined"/> the channel is left. An observer that comes in time
    /// keeps it.
    /// </summary>
    /// <value>Default: 5 s. From 0 to 1 h.</value>
    public TimeSpan LeaveGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether the client goes back into channels of temporary membership that the player lost by a broken connection. What it
    /// does not get back is told by <see cref="TaloChannels.MembershipLost"/>.
    /// </summary>
    /// <value>Default: true.</value>
    public bool RejoinTemporary { get; set; } = true;
}
