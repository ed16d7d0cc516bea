using System;

namespace Talo.Reactive.Channels.Memberships;

/// <summary>What a signal leads to.</summary>
internal abstract record MembershipAct
{
    /// <summary>POST join.</summary>
    internal sealed record Join : MembershipAct;

    /// <summary>POST leave.</summary>
    internal sealed record Leave : MembershipAct;

    /// <summary>Wait, then <see cref="MembershipSignal.RetryDue"/>.</summary>
    internal sealed record Wait(int Attempt, TaloException Error) : MembershipAct;

    /// <summary>Give up what is under way or waited for.</summary>
    internal sealed record Stop : MembershipAct;

    /// <summary>Tell the observers of <c>Joined()</c>.</summary>
    internal sealed record Tell(Channel Channel) : MembershipAct;

    /// <summary>The observers hear no more.</summary>
    internal sealed record Complete : MembershipAct;

    /// <summary>The observers hear why not.</summary>
    internal sealed record Fail(Exception Error) : MembershipAct;

    /// <summary>Tell <c>MembershipLost</c>.</summary>
    internal sealed record Report(ChannelMembershipLost Loss) : MembershipAct;
}
