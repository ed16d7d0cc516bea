using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Talo.Reactive.Connection;

namespace Talo.Reactive.Tests.Connection;

public sealed class ConnectionTransitionTests
{
    private static readonly DateTimeOffset Then = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Heard = Then.AddSeconds(3);
    private static readonly DateTimeOffset Now = Then.AddSeconds(10);
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(7);
    private static readonly ConnectionCause Old = new() { Kind = ConnectionCauseKind.LinkLost, Text = "old" };
    private static readonly ConnectionCause New = new() { Kind = ConnectionCauseKind.DialFailed, Text = "new" };

    private static readonly ConnectionStatus[] Columns =
    [
        ConnectionStatus.Disconnected, ConnectionStatus.Connecting, ConnectionStatus.Connected, ConnectionStatus.Identifying,
        ConnectionStatus.Identified, ConnectionStatus.Waiting, ConnectionStatus.Closed, ConnectionStatus.Failed,
    ];

    // What each signal leads to in each state, in the order of the columns; "-": it means nothing there.
    private static readonly (ConnectionSignal Signal, string Row)[] Table =
    [
        (new ConnectionSignal.Open(Now), "Connecting - - - - Connecting Connecting Connecting"),
        (new ConnectionSignal.RetryDue(Now), "- - - - - Connecting - -"),
        (new ConnectionSignal.Held(Now, New, Wait), "- Waiting - - - Waiting - -"),
        (new ConnectionSignal.Released(Now), "- - - - - Connecting - -"),
        (new ConnectionSignal.Greeted(Now, true), "- Connected - - - - - -"),
        (new ConnectionSignal.Greeted(Now, false), "- Connected - - - - - -"),
        (new ConnectionSignal.IdentifyStarted(Now), "- - Identifying - - - - -"),
        (new ConnectionSignal.IdentifySucceeded(Now), "- - Identified Identified - - - -"),
        (new ConnectionSignal.IdentifyFailed(Now, New, Wait), "- - Connected Connected - - - -"),
        (new ConnectionSignal.LinkFailed(Now, New, Wait, Heard), "- Waiting Waiting Waiting Waiting - - -"),
        (new ConnectionSignal.GaveUp(Now, New, Heard), "- Failed Failed Failed Failed - - -"),
        (new ConnectionSignal.Stable(Now), "- - Connected Identifying Identified - - -"),
        (new ConnectionSignal.Reset(Now, New), "- Connecting Connecting Connecting Connecting Connecting - -"),
        (new ConnectionSignal.Closed(Now, New), "Closed Closed Closed Closed Closed Closed - Closed"),
    ];

    private static IEnumerable<TestCaseData> Pairs() =>
        from row in Table
        from cell in Columns.Zip(row.Row.Split(' '))
        let name = row.Signal is ConnectionSignal.Greeted { IdentifyFollows: true } ? "GreetedBeforeIdentify" : row.Signal.GetType().Name
        select new TestCaseData(cell.First, row.Signal, cell.Second).SetArgDisplayNames(cell.First.ToString(), name, cell.Second);

    private static ConnectionState From(ConnectionStatus status) => new()
    {
        Status = status, Since = Then, Attempt = 2, Epoch = 5, Cause = Old, RetryIn = TimeSpan.FromSeconds(1), Gap = new ConnectionGap(Then, Then),
    };

    private static ConnectionState Next(ConnectionState state, ConnectionSignal signal) => ConnectionTransition.Next(state, signal);

    [TestCaseSource(nameof(Pairs))]
    public void SignalInState_LeadsTo(object from, object signal, string expected)
    {
        var state = From((ConnectionStatus)from);
        var next = Next(state, (ConnectionSignal)signal);
        if (expected == "-") Assert.That(next, Is.SameAs(state));
        else Assert.That((next.Status.ToString(), ReferenceEquals(next, state)), Is.EqualTo((expected, false)));
    }

    [Test]
    public void Table_HasEveryStateAndEverySignal()
    {
        var signals = typeof(ConnectionSignal).GetNestedTypes(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public);
        Assert.That(Columns, Is.EquivalentTo(Enum.GetValues<ConnectionStatus>()));
        Assert.That(Table.Select(x => x.Signal.GetType()).Distinct(), Is.EquivalentTo(signals));
        Assert.That(Pairs().Count(), Is.EqualTo(14 * 8));
    }

    [TestCaseSource(nameof(Pairs))]
    public void Epoch_GrowsByOneWithEachDial_AndNeverElse(object from, object signal, string expected)
    {
        var next = Next(From((ConnectionStatus)from), (ConnectionSignal)signal);
        Assert.That(next.Epoch, Is.EqualTo(expected == "Connecting" && signal is not ConnectionSignal.Released ? 6 : 5));
    }

    [TestCaseSource(nameof(Pairs))]
    public void Cause_IsTheSignals_OrNoneAfterProgress(object from, object signal, string expected)
    {
        var next = Next(From((ConnectionStatus)from), (ConnectionSignal)signal);
        var wanted = expected == "-" || signal is ConnectionSignal.Stable
            ? Old
            : signal is ConnectionSignal.Held or ConnectionSignal.IdentifyFailed or ConnectionSignal.LinkFailed or ConnectionSignal.GaveUp or ConnectionSignal.Reset or ConnectionSignal.Closed ? New : null;
        Assert.That(next.Cause, Is.SameAs(wanted));
    }

    [TestCaseSource(nameof(Pairs))]
    public void RetryIn_IsTheSignals_OrNone(object from, object signal, string expected)
    {
        var next = Next(From((ConnectionStatus)from), (ConnectionSignal)signal);
        TimeSpan? wanted = expected == "-" || signal is ConnectionSignal.Stable
            ? TimeSpan.FromSeconds(1)
            : signal is ConnectionSignal.Held or ConnectionSignal.IdentifyFailed or ConnectionSignal.LinkFailed ? Wait : null;
        Assert.That(next.RetryIn, Is.EqualTo(wanted));
    }

    [TestCaseSource(nameof(Pairs))]
    public void Attempt_GrowsWithAFailedTry_AndIsZeroAfterTheGamesWill(object from, object signal, string expected)
    {
        var next = Next(From((ConnectionStatus)from), (ConnectionSignal)signal);
        var wanted = (ConnectionSignal)signal switch
        {
            _ when expected == "-" => 2,
            ConnectionSignal.LinkFailed => 3,
            ConnectionSignal.Stable or ConnectionSignal.Reset or ConnectionSignal.Closed => 0,
            ConnectionSignal.Open when (ConnectionStatus)from is not ConnectionStatus.Waiting => 0,
            _ => 2,
        };
        Assert.That(next.Attempt, Is.EqualTo(wanted));
    }

    [TestCaseSource(nameof(Pairs))]
    public void Since_IsTheSignalsTime(object from, object signal, string expected)
    {
        var next = Next(From((ConnectionStatus)from), (ConnectionSignal)signal);
        Assert.That(next.Since, Is.EqualTo(expected == "-" || signal is ConnectionSignal.Stable ? Then : Now));
    }

    [Test]
    public void Stable_WithoutAFailedTry_ChangesNothing()
    {
        var state = From(ConnectionStatus.Identified) with { Attempt = 0 };
        Assert.That(Next(state, new ConnectionSignal.Stable(Now)), Is.SameAs(state));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Gap_IsOnTheFirstStateThatReceivesEverythingAgain(bool hasPlayer)
    {
        var state = From(ConnectionStatus.Identified) with { Gap = null };
        state = Next(state, new ConnectionSignal.LinkFailed(Now, New, Wait, Heard));
        Assert.That(state.Gap, Is.Null);
        state = Next(state, new ConnectionSignal.RetryDue(Now.AddSeconds(1)));
        state = Next(state, new ConnectionSignal.LinkFailed(Now.AddSeconds(2), New, Wait, Now.AddSeconds(2)));
        state = Next(state, new ConnectionSignal.RetryDue(Now.AddSeconds(3)));
        state = Next(state, new ConnectionSignal.Greeted(Now.AddSeconds(4), hasPlayer));
        Assert.That(state.Gap, Is.EqualTo(hasPlayer ? null : new ConnectionGap(Heard, Now.AddSeconds(4))));
        state = Next(state, new ConnectionSignal.IdentifyStarted(Now.AddSeconds(5)));
        Assert.That(state.Gap, Is.Null);
        state = Next(state, new ConnectionSignal.IdentifySucceeded(Now.AddSeconds(6)));
        Assert.That(state.Gap, Is.EqualTo(hasPlayer ? new ConnectionGap(Heard, Now.AddSeconds(6)) : null));
    }

    [Test]
    public void Gap_OfALinkThatDiedBeforeItWasComplete_BeginsWithTheLinkBefore()
    {
        var state = Next(From(ConnectionStatus.Identified), new ConnectionSignal.LinkFailed(Now, New, Wait, Heard));
        state = Next(state, new ConnectionSignal.RetryDue(Now));
        state = Next(state, new ConnectionSignal.Greeted(Now, true));
        state = Next(state, new ConnectionSignal.LinkFailed(Now.AddSeconds(9), New, Wait, Now.AddSeconds(9)));
        state = Next(state, new ConnectionSignal.RetryDue(Now.AddSeconds(10)));
        state = Next(state, new ConnectionSignal.Greeted(Now.AddSeconds(11), true));
        state = Next(state, new ConnectionSignal.IdentifySucceeded(Now.AddSeconds(12)));
        Assert.That(state.Gap, Is.EqualTo(new ConnectionGap(Heard, Now.AddSeconds(12))));
    }
}
