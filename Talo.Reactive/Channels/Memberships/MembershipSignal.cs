namespace Talo.Reactive.Channels.Memberships;

/// <summary>Something that happened to the player's membership of one channel.</summary>
internal abstract record MembershipSignal
{
    /// <summary>The first observer of <c>Joined()</c> came.</summary>
    internal sealed record Observed : MembershipSignal;

    /// <summary>The grace after the last observer is over.</summary>
    internal sealed record Unobserved : MembershipSignal;

    /// <summary>A call of the game made the player a member.</summary>
    internal sealed record JoinedByGame(Channel Channel) : MembershipSignal;

    /// <summary>The server told that the player became a member.</summary>
    internal sealed record SeenInside(Channel Channel) : MembershipSignal;

    /// <summary>The game begins to leave.</summary>
    internal sealed record LeaveAsked : MembershipSignal;

    /// <summary>The game's call to leave has ended.</summary>
    internal sealed record LeaveEnded(bool Succeeded) : MembershipSignal;

    /// <summary>The server told that the player left by choice.</summary>
    internal sealed record SeenLeaving : MembershipSignal;

    /// <summary>The server told that the player left by going offline.</summary>
    /// <param name="Channel">The channel as it was before.</param>
    /// <param name="IsOwnChoice">Whether the game asked to be offline.</param>
    internal sealed record TakenOffline(Channel Channel, bool IsOwnChoice) : MembershipSignal;

    /// <summary>The player is identified on a new link.</summary>
    internal sealed record BackOnline(int Links, bool IsOfflineByChoice) : MembershipSignal;

    /// <summary>The channel changed.</summary>
    internal sealed record Changed(Channel Channel) : MembershipSignal;

    /// <summary>The channel is gone.</summary>
    internal sealed record Deleted : MembershipSignal;

    /// <summary>The client's own call to join was answered.</summary>
    internal sealed record JoinSucceeded(Channel Channel) : MembershipSignal;

    /// <summary>The client's own call failed.</summary>
    internal sealed record CallFailed(TaloException Error) : MembershipSignal;

    /// <summary>The client's own call to leave was answered.</summary>
    internal sealed record LeaveSucceeded : MembershipSignal;

    /// <summary>The wait before the next try is over.</summary>
    internal sealed record RetryDue : MembershipSignal;
}
