using System.Linq;
using NUnit.Framework;
using Talo.Reactive.Channels.Memberships;
using static Talo.Reactive.Channels.Memberships.MembershipSignal;

namespace Talo.Reactive.Tests.Channels.Memberships;

/// <summary>Each state of a membership, and what each signal makes of it.</summary>
public sealed class MembershipRulesTests
{
    private const int Ada = 105;
    private static readonly Channel Harbour = new() { Id = 41, Name = "harbour", TemporaryMembership = true };
    private static readonly Channel Lasting = Harbour with { TemporaryMembership = false };
    private static readonly Channel Owned = Harbour with { Owner = new PlayerAlias { Id = Ada } };
    private static readonly TaloException Passing = new("busy") { Status = 503, IsTransient = true };
    private static readonly TaloException Private = new("private") { Status = 403 };
    private static readonly TaloException Gone = new("gone") { Status = 404 };

    private static readonly Membership Member = Membership.None with { IsMember = true, Channel = Harbour, Links = 1 };
    private static readonly Membership Joining = Membership.None with { IsObserved = true, Call = MembershipCall.Join };
    private static readonly Membership Rejoining = Member with { Call = MembershipCall.Rejoin };
    private static readonly Membership Leaving = Membership.None with { Call = MembershipCall.Leave, LeavesToHear = 1 };

    private static readonly TestCaseData[] Rows =
    [
        Row("Nobody_Observed", Membership.None, new Observed(), "Join", x => x is { IsObserved: true, Call: MembershipCall.Join }),
        Row("Nobody_LeaveSeen", Membership.None, new SeenLeaving(), "", x => x.IsOver),
        Row("Nobody_Changed", Membership.None, new Changed(Harbour), "", x => x.IsOver),
        Row("Nobody_BackOnline", Membership.None, new BackOnline(2, false), "", x => x.IsOver),
        Row("Nobody_TakenOffline", Membership.None, new TakenOffline(Harbour, false), "", x => x.IsOver),
        Row("JustLeft_TakenOffline", Membership.None with { LeavesToHear = 1 }, new TakenOffline(Harbour, false), "", x => !x.IsMember),

        Row("Member_Observed", Member, new Observed(), "Join", x => x.IsObserved),
        Row("Member_BackOnTheFirstLink", Member with { Links = 0 }, new BackOnline(1, false), "", x => x.IsMember),
        Row("Member_BackOnline", Member, new BackOnline(2, false), "Join", x => x is { Call: MembershipCall.Rejoin, Links: 2 }),
        Row("LastingMember_BackOnline", Member with { Channel = Lasting }, new BackOnline(2, false), "", x => x.IsMember),
        Row("Member_BackOnlineButOfflineByChoice", Member, new BackOnline(2, true), "", x => x.IsOver),
        Row("Member_TakenOffline", Member, new TakenOffline(Harbour, false), "Join", x => x is { Call: MembershipCall.Rejoin, Returns: 1 }),
        Row("Member_TakenOfflineAgain", Member with { Returns = 1 }, new TakenOffline(Harbour, false), "Report TakenOffline", x => x.IsOver),
        Row("MemberAfterAReturn_ObservedAnew", Member with { Returns = 1 }, new Observed(), "Join", x => x.Returns == 0),
        Row("Member_TakenOfflineAgainOnALaterLink", Member with { Returns = 1, Links = 2 }, new TakenOffline(Harbour, false), "Join", x => x.Returns == 2),
        Row("Member_TakenOfflineByChoice", Member, new TakenOffline(Harbour, true), "", x => x.IsOver),
        Row("Member_LeaveSeen", Member, new SeenLeaving(), "", x => x.IsOver),
        Row("Member_LateLeaveSeen", Member with { LeavesToHear = 1 }, new SeenLeaving(), "Join", x => x is { IsMember: true, LeavesToHear: 0, Call: MembershipCall.Rejoin }),
        Row("Member_LeftByGame", Member with { LeavesToHear = 1 }, new LeaveEnded(true), "", x => x is { IsMember: false, LeavesToHear: 1 }),
        Row("Member_LeaveByGameFailed", Member with { LeavesToHear = 1 }, new LeaveEnded(false), "", x => x is { IsMember: true, LeavesToHear: 0 }),
        Row("Member_Deleted", Member, new Deleted(), "", x => x.IsOver),

        Row("ObservedMember_NobodyAnyMore", Member with { IsObserved = true }, new Unobserved(), "Leave", x => x is { IsMember: false, LeavesToHear: 1 }),
        Row("ObservedLastingMember_NobodyAnyMore", Member with { IsObserved = true, IsLasting = true }, new Unobserved(), "", x => x.IsMember),
        Row("ObservedMember_Changed", Member with { IsObserved = true }, new Changed(Lasting), "Tell", x => x.Channel == Lasting),
        Row("ObservedMember_LeaveSeen", Member with { IsObserved = true }, new SeenLeaving(), "Complete", x => x.IsOver),
        Row("ObservedMember_Deleted", Member with { IsObserved = true }, new Deleted(), "Complete", x => x.IsOver),

        Row("Joining_Answered", Joining, new JoinSucceeded(Harbour), "Tell", x => x is { IsMember: true, Call: MembershipCall.None }),
        Row("Joining_Refused", Joining, new CallFailed(Private), "Fail 403", x => x.IsOver),
        Row("Joining_RefusedThoughAMember", Joining with { IsMember = true, Channel = Lasting }, new CallFailed(Private), "Tell", x => x.IsMember),
        Row("Joining_PassingTrouble", Joining, new CallFailed(Passing), "Wait 1", x => x is { IsWaiting: true, Attempt: 1 }),
        Row("Joining_NobodyAnyMore", Joining, new Unobserved(), "", x => x is { LeavesNext: true, Call: MembershipCall.Join }),
        Row("JoiningToLeave_Answered", Joining with { IsObserved = false, LeavesNext = true }, new JoinSucceeded(Harbour), "Leave", x => !x.IsMember),
        Row("JoiningToLeave_PassingTrouble", Joining with { IsObserved = false, LeavesNext = true }, new CallFailed(Passing), "Leave", x => !x.IsMember),
        Row("JoiningToLeave_Observed", Joining with { IsObserved = false, LeavesNext = true }, new Observed(), "", x => x is { LeavesNext: false }),
        Row("JoiningAfterALeaveThatFailed_TakenOffline", Joining with { LeavesToHear = 1 }, new TakenOffline(Harbour, false), "", x => x is { JoinsAgain: true }),
        Row("WaitingToJoin_Due", Joining with { IsWaiting = true }, new RetryDue(), "Join", x => !x.IsWaiting),
        Row("WaitingToJoin_NobodyAnyMore", Joining with { IsWaiting = true }, new Unobserved(), "Stop Leave", x => x.Call is MembershipCall.Leave),
        Row("WaitingToJoin_JoinedByGame", Joining with { IsWaiting = true }, new JoinedByGame(Harbour), "Stop Tell", x => x is { IsLasting: true, Call: MembershipCall.None }),

        Row("Rejoining_Answered", Rejoining, new JoinSucceeded(Harbour), "", x => x is { IsMember: true, Call: MembershipCall.None }),
        Row("Rejoining_Private", Rejoining, new CallFailed(Private), "Report Refused", x => x.IsOver),
        Row("Rejoining_Gone", Rejoining, new CallFailed(Gone), "Report Deleted", x => x.IsOver),
        Row("RejoiningObserved_Gone", Rejoining with { IsObserved = true }, new CallFailed(Gone), "Fail 404 Report Deleted", x => x.IsOver),
        Row("Rejoining_NoLongerOwner", Rejoining with { Channel = Owned }, new JoinSucceeded(Harbour), "Report OwnershipLost", x => x.IsMember),
        Row("Rejoining_StillOwner", Rejoining with { Channel = Owned }, new JoinSucceeded(Owned), "", x => x.IsMember),
        Row("Rejoining_TakenOffline", Rejoining, new TakenOffline(Harbour, false), "", x => x.JoinsAgain),
        Row("RejoiningAgain_Answered", Rejoining with { JoinsAgain = true }, new JoinSucceeded(Harbour), "Join", x => x is { JoinsAgain: false, Call: MembershipCall.Rejoin }),
        Row("Rejoining_Deleted", Rejoining, new Deleted(), "Stop", x => x.IsOver),
        Row("WaitingToRejoin_BackOnline", Rejoining with { IsWaiting = true }, new BackOnline(2, false), "Stop Join", x => !x.IsWaiting),

        Row("Leaving_Answered", Leaving, new LeaveSucceeded(), "", x => x is { Call: MembershipCall.None, LeavesToHear: 1 }),
        Row("Leaving_Seen", Leaving, new SeenLeaving(), "", x => x is { Call: MembershipCall.Leave, LeavesToHear: 0 }),
        Row("Leaving_Observed", Leaving, new Observed(), "", x => x is { IsObserved: true, Call: MembershipCall.Leave }),
        Row("LeavingObserved_Answered", Leaving with { IsObserved = true }, new LeaveSucceeded(), "Join", x => x.Call is MembershipCall.Join),
        Row("LeavingObserved_PassingTrouble", Leaving with { IsObserved = true }, new CallFailed(Passing), "Join", x => x.Call is MembershipCall.Join),
        Row("Leaving_PassingTrouble", Leaving, new CallFailed(Passing), "Wait 1", x => x.Call is MembershipCall.Leave),
        Row("Leaving_Gone", Leaving, new CallFailed(Gone), "", x => x.IsOver),
        Row("WaitingToLeave_Observed", Leaving with { IsWaiting = true }, new Observed(), "Stop Join", x => x.Call is MembershipCall.Join),
        Row("WaitingToLeave_Due", Leaving with { IsWaiting = true }, new RetryDue(), "Leave", x => !x.IsWaiting),
        Row("WaitingToLeave_JoinedByGame", Leaving with { IsWaiting = true }, new JoinedByGame(Harbour), "Stop", x => x is { IsMember: true, Call: MembershipCall.None }),
        Row("Leaving_JoinedByGame_Answered", Leaving with { IsMember = true, IsLasting = true, JoinsAgain = true }, new LeaveSucceeded(), "Join", x => x.IsLasting),
        Row("Leaving_TakenOffline", Leaving, new TakenOffline(Harbour, false), "", x => x.Call is MembershipCall.Leave),
    ];

    [TestCaseSource(nameof(Rows))]
    public void Signal(object before, object signal, string acts, object check)
    {
        var (next, done) = MembershipRules.Next((Membership)before, (MembershipSignal)signal, Ada);
        Assert.That(string.Join(" ", done.Select(Text)), Is.EqualTo(acts), next.ToString());
        Assert.That(((System.Func<Membership, bool>)check)(next), Is.True, next.ToString());
    }

    private static TestCaseData Row(string name, Membership before, MembershipSignal signal, string acts, System.Func<Membership, bool> check) =>
        new TestCaseData(before, signal, acts, check).SetName(name);

    private static string Text(MembershipAct act) => act switch
    {
        MembershipAct.Wait wait => $"Wait {wait.Attempt}",
        MembershipAct.Fail { Error: TaloException error } => $"Fail {error.Status}",
        MembershipAct.Report report => $"Report {report.Loss.Cause}",
        _ => act.GetType().Name,
    };
}
