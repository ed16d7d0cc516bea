using System.Collections.Generic;
using static Talo.Reactive.Channels.Memberships.MembershipAct;
using static Talo.Reactive.Channels.Memberships.MembershipSignal;

namespace Talo.Reactive.Channels.Memberships;

/// <summary>What becomes of a membership, as one pure function.</summary>
internal static class MembershipRules
{
    private static readonly MembershipAct[] Nothing = [];

    internal static (Membership Next, IReadOnlyList<MembershipAct> Acts) Next(
        Membership now, MembershipSignal signal, int alias) => signal switch
    {
        Observed => Begin(now),
        Unobserved => End(now with { IsObserved = false }),
        JoinedByGame by => ByGame(now, by.Channel),
        // The server tells in order: every leave before this one has been heard.
        SeenInside seen when !IsLeaving(now) => (Inside(now, now.Channel ?? seen.Channel) with { LeavesToHear = 0 }, Nothing),
        LeaveAsked => (now with { LeavesToHear = now.LeavesToHear + 1 }, Nothing),
        LeaveEnded { Succeeded: true } => Left(now),
        LeaveEnded => (LeaveHeard(now), Nothing),
        // Mostly a leave of before. But one that failed may never have come to the server, and one of a channel that the player was
        // not in is not told, so it may be another device's: joining is harmless in the first case, and puts the second right.
        SeenLeaving when now is { LeavesToHear: > 0, IsWaiting: false } && IsComingOrIn(now) => Rejoin(LeaveHeard(now)),
        SeenLeaving when now.LeavesToHear > 0 => (LeaveHeard(now), Nothing),
        SeenLeaving => Left(now),
        TakenOffline taken when CountsAsMember(now) => Offline(now, taken),
        BackOnline back => Online(now with { Links = back.Links, LeavesToHear = 0 }, back.IsOfflineByChoice),
        Changed changed when now.IsMember => (now with { Channel = changed.Channel }, TellIfObserved(now, changed.Channel)),
        Deleted => Left(now),
        JoinSucceeded joined => Joined(now, joined.Channel, alias),
        LeaveSucceeded => AfterLeaving(now),
        CallFailed failed when IsLeaving(now) && (now.IsObserved || !failed.Error.IsTransient) => AfterLeaving(LeaveHeard(now)),
        CallFailed { Error.IsTransient: true } when now.LeavesNext => Leaving(now, stops: false),
        CallFailed { Error.IsTransient: true } failed =>
            (now with { IsWaiting = true, Attempt = now.Attempt + 1 }, [new Wait(now.Attempt + 1, failed.Error)]),
        CallFailed failed => Refused(now, failed.Error),
        RetryDue when now.IsWaiting => (now with { IsWaiting = false }, [IsLeaving(now) ? new Leave() : new Join()]),
        _ => (now, Nothing),
    };

    /// <summary>Whether an end by going offline concerns it: not one that the client is leaving or has just left.</summary>
    private static bool CountsAsMember(Membership now) =>
        !now.IsOver && !IsLeaving(now) && (now.IsMember || now.Call is MembershipCall.Join || now.LeavesToHear == 0);

    private static bool IsComingOrIn(Membership now) => now.IsMember || now.Call is MembershipCall.Join or MembershipCall.Rejoin;

    private static bool IsLeaving(Membership now) => now.Call is MembershipCall.Leave;

    private static Membership LeaveHeard(Membership now) => now with { LeavesToHear = System.Math.Max(0, now.LeavesToHear - 1) };

    private static Membership Inside(Membership now, Channel channel) => now with { IsMember = true, Channel = channel };

    private static Membership Outside(Membership now) => new() { Links = now.Links, LeavesToHear = now.LeavesToHear };

    private static MembershipAct[] TellIfObserved(Membership now, Channel channel) =>
        now.IsObserved ? [new Tell(channel)] : Nothing;

    private static (Membership, IReadOnlyList<MembershipAct>) Begin(Membership now)
    {
        if (now.IsObserved) return (now, Nothing);
        var next = now with { IsObserved = true, IsLasting = false, LeavesNext = false, Returns = 0 };
        if (IsLeaving(now) && now.IsWaiting)
            return (next with { Call = MembershipCall.Join, IsWaiting = false, Attempt = 0 }, [new Stop(), new Join()]);
        // A call under way decides first: two of one channel could overtake each other on their way to the server.
        return now.Call is MembershipCall.None
            ? (next with { Call = MembershipCall.Join }, [new Join()])
            : (next, Nothing);
    }

    private static (Membership, IReadOnlyList<MembershipAct>) End(Membership now)
    {
        if (now.IsLasting || IsLeaving(now)) return (now, Nothing);
        if (now.Call is MembershipCall.None) return now.IsMember ? Leaving(now, stops: false) : (now, Nothing);
        // A join whose last try failed may have reached the server all the same.
        return now.IsWaiting ? Leaving(now, stops: true) : (now with { LeavesNext = true }, Nothing);
    }

    private static (Membership, IReadOnlyList<MembershipAct>) ByGame(Membership now, Channel channel)
    {
        var next = Inside(now, channel) with { IsLasting = true, LeavesNext = false, Returns = 0 };
        var tell = TellIfObserved(now, channel);
        if (now.IsWaiting)
            return (next with { Call = MembershipCall.None, IsWaiting = false, Attempt = 0 }, [new Stop(), .. tell]);
        return (next with { JoinsAgain = now.JoinsAgain || IsLeaving(now) }, tell);
    }

    private static (Membership, IReadOnlyList<MembershipAct>) Leaving(Membership now, bool stops)
    {
        var next = Outside(now) with { Call = MembershipCall.Leave, LeavesToHear = now.LeavesToHear + 1 };
        return (next, stops ? [new Stop(), new Leave()] : [new Leave()]);
    }

    private static (Membership, IReadOnlyList<MembershipAct>) AfterLeaving(Membership now) =>
        now.IsObserved || now.JoinsAgain
            ? (Outside(now) with { Call = MembershipCall.Join, IsObserved = now.IsObserved, IsLasting = now.IsLasting }, [new Join()])
            : (Outside(now), Nothing);

    private static (Membership, IReadOnlyList<MembershipAct>) Left(Membership now) => (Outside(now), Over(now, new Complete()));

    private static MembershipAct[] Over(Membership now, params MembershipAct[] end) =>
        [.. now.Call is MembershipCall.None ? Nothing : [new Stop()], .. now.IsObserved ? end : Nothing];

    private static (Membership, IReadOnlyList<MembershipAct>) Lost(
        Membership now, ChannelMembershipLossCause cause, TaloException error, bool isAnswer)
    {
        var loss = new ChannelMembershipLost { Channel = now.Channel!, Cause = cause, Error = isAnswer ? error : null };
        return (Outside(now), [.. Over(now with { IsWaiting = false }, new Fail(error)), new Report(loss)]);
    }

    private static (Membership, IReadOnlyList<MembershipAct>) Offline(Membership now, TakenOffline taken)
    {
        if (taken.IsOwnChoice) return Left(now);
        // The event still names the owner of before.
        var inside = Inside(now, now.Channel ?? taken.Channel);
        if (now.Returns < System.Math.Max(1, now.Links)) return Rejoin(inside with { Returns = now.Returns + 1 });
        var error = new TaloException($"The player was taken out of {inside.Channel} by going offline elsewhere: join it again.");
        return Lost(inside, ChannelMembershipLossCause.TakenOffline, error, isAnswer: false);
    }

    private static (Membership, IReadOnlyList<MembershipAct>) Online(Membership now, bool isOfflineByChoice)
    {
        if (now.Links < 2 || IsLeaving(now)) return (now, Nothing);
        // Nobody knows yet whether it is temporary, and the answer may be of before the loss.
        if (now is { IsMember: false, Call: MembershipCall.Join, IsWaiting: false })
            return (now with { JoinsAgain = true }, Nothing);
        if (!now.IsMember || now.Channel is not { TemporaryMembership: true }) return (now, Nothing);
        return isOfflineByChoice ? Left(now) : Rejoin(now);
    }

    private static (Membership, IReadOnlyList<MembershipAct>) Rejoin(Membership now)
    {
        // What is under way may be older than the loss.
        if (now.Call is not MembershipCall.None && !now.IsWaiting) return (now with { JoinsAgain = true }, Nothing);
        var next = now with { Call = MembershipCall.Rejoin, IsWaiting = false, Attempt = 0 };
        return (next, now.IsWaiting ? [new Stop(), new Join()] : [new Join()]);
    }

    private static (Membership, IReadOnlyList<MembershipAct>) Joined(Membership now, Channel channel, int alias)
    {
        var next = Inside(now, channel) with { Call = MembershipCall.None, IsWaiting = false, Attempt = 0 };
        if (now.LeavesNext) return Leaving(next, stops: false);
        var acts = new List<MembershipAct>(TellIfObserved(now, channel));
        if (now.Call is MembershipCall.Rejoin && now.Channel?.Owner?.Id == alias && channel.Owner?.Id != alias)
            acts.Add(new Report(new ChannelMembershipLost { Channel = channel, Cause = ChannelMembershipLossCause.OwnershipLost }));
        if (!now.JoinsAgain) return (next, acts);
        acts.Add(new Join());
        return (next with { Call = MembershipCall.Rejoin, JoinsAgain = false }, acts);
    }

    private static (Membership, IReadOnlyList<MembershipAct>) Refused(Membership now, TaloException error)
    {
        var ended = now with { Call = MembershipCall.None };
        if (now.Call is MembershipCall.Rejoin)
        {
            var cause = error.Status == 404 ? ChannelMembershipLossCause.Deleted : ChannelMembershipLossCause.Refused;
            return Lost(ended, cause, error, isAnswer: true);
        }

        if (now.IsMember && now.LeavesNext) return Leaving(ended, stops: false);
        // A private channel refuses even its members: whoever is known to be one stays one.
        return error.Status == 403 && now is { IsMember: true, Channel: { } channel } && !now.JoinsAgain
            ? (ended with { Attempt = 0 }, TellIfObserved(now, channel))
            : (Outside(now), Over(ended, new Fail(error)));
    }
}
