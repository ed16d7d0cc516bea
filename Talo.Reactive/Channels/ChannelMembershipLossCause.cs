namespace Talo.Reactive;

/// <summary>Why a membership was not got back.</summary>
public enum ChannelMembershipLossCause
{
    /// <summary>The server does not let the player in again (403): a private channel needs a new invitation.</summary>
    Refused,

    /// <summary>
    /// The channel is gone (404): an auto-cleanup channel is deleted when its owner or its last member goes offline.
    /// </summary>
    Deleted,

    /// <summary>The player is a member again, but no longer the owner: going offline gave that up.</summary>
    OwnershipLost,

    /// <summary>
    /// The player was taken out of the channel again by going offline somewhere else. The client goes back once for each link
    /// it has had, so that two devices of one player do not fight; <see cref="TaloChannels.JoinAsync"/> goes back once more.
    /// </summary>
    TakenOffline,
}
