namespace Talo.Reactive.Channels.Memberships;

/// <summary>What the client knows and wants about the player's membership of one channel. Immutable.</summary>
internal sealed record Membership
{
    internal static readonly Membership None = new();

    /// <summary>A call of the client's own that is under way or waits for its next try.</summary>
    internal MembershipCall Call { get; init; }

    /// <summary>Whether <see cref="Call"/> waits for its next try.</summary>
    internal bool IsWaiting { get; init; }

    /// <summary>How many tries of <see cref="Call"/> have failed.</summary>
    internal int Attempt { get; init; }

    /// <summary>Whether the answer under way may be older than what happened since: join once more.</summary>
    internal bool JoinsAgain { get; init; }

    /// <summary>Whether nobody observes any more, and the answer under way is waited for before the client leaves.</summary>
    internal bool LeavesNext { get; init; }

    /// <summary>Whether somebody observes <c>Joined()</c>, or did a moment ago.</summary>
    internal bool IsObserved { get; init; }

    /// <summary>Whether the player is a member, or was until the connection broke.</summary>
    internal bool IsMember { get; init; }

    /// <summary>
    /// Whether the game joined by a call of its own since <c>Joined()</c> is observed: then its end does not leave.
    /// </summary>
    internal bool IsLasting { get; init; }

    /// <summary>The channel as it was last told; null until it was.</summary>
    internal Channel? Channel { get; init; }

    /// <summary>How many links the player was identified on so far.</summary>
    internal int Links { get; init; }

    /// <summary>How many times the client went back because the player was taken offline.</summary>
    internal int Returns { get; init; }

    /// <summary>
    /// How many leaves were asked for that the server has yet to tell: a late one must not end a later membership.
    /// </summary>
    internal int LeavesToHear { get; init; }

    /// <summary>How many calls of the game to leave are not answered yet: the server tells of them before it answers.</summary>
    internal int LeavesUnderWay { get; init; }

    /// <summary>Whether nothing is worth remembering.</summary>
    internal bool IsOver => !IsMember && !IsObserved && Call is MembershipCall.None && LeavesToHear == 0 && LeavesUnderWay == 0;
}

/// <summary>A call that the client makes by itself.</summary>
internal enum MembershipCall
{
    None,
    Join,
    Rejoin,
    Leave,
}
