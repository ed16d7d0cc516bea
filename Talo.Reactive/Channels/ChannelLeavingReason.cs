namespace Talo.Reactive;

/// <summary>Why a player left a channel. The server may send numbers that have no name here.</summary>
public enum ChannelLeavingReason
{
    /// <summary>The player chose to.</summary>
    Default = 0,

    /// <summary>The player went offline, and membership of the channel is temporary.</summary>
    TemporaryMembership = 1,
}
