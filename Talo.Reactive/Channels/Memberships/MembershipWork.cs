using System;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Talo.Reactive.Connection;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;
using Talo.Reactive.Inbound;
using static Talo.Reactive.Channels.Memberships.MembershipSignal;

namespace Talo.Reactive.Channels.Memberships;

/// <summary>Does what <see cref="MembershipRules"/> decides: calls, waits, and words to observers. Used inside turns.</summary>
internal sealed class MembershipWork
{
    private readonly Settings settings;
    private readonly Turns turns;
    private readonly ChannelCalls calls;
    private readonly EventStream<ChannelMembershipLost> lost;
    private readonly Action<MembershipEntry, MembershipSignal> apply;

    /// <param name="settings">How long to wait.</param>
    /// <param name="turns">Where everything happens.</param>
    /// <param name="calls">The calls to join and leave.</param>
    /// <param name="lost">Hears of what was not got back.</param>
    /// <param name="apply">Takes the answers, inside a turn.</param>
    internal MembershipWork(
        Settings settings,
        Turns turns,
        ChannelCalls calls,
        EventStream<ChannelMembershipLost> lost,
        Action<MembershipEntry, MembershipSignal> apply)
    {
        this.settings = settings;
        this.turns = turns;
        this.calls = calls;
        this.lost = lost;
        this.apply = apply;
    }

    /// <summary>Does what the rules decided. Inside a turn.</summary>
    internal void Do(MembershipEntry entry, MembershipAct act)
    {
        switch (act)
        {
            case MembershipAct.Join:
                Run(entry, calls.Join(entry.Alias, entry.ChannelId, background: true)
                    .Select(static x => (MembershipSignal)new JoinSucceeded(x)));
                break;
            case MembershipAct.Leave:
                Run(entry, calls.Leave(entry.Alias, entry.ChannelId, background: true)
                    .Select(static _ => (MembershipSignal)new LeaveSucceeded()));
                break;
            case MembershipAct.Wait wait:
                Work(entry, turns.After(WaitFor(wait.Attempt, wait.Error), () => apply(entry, new RetryDue())));
                break;
            case MembershipAct.Stop:
                Work(entry, Disposable.Empty);
                break;
            case MembershipAct.Tell tell:
                entry.Told = tell.Channel;
                foreach (var observer in entry.Observers) turns.Publish(() => observer.OnNext(tell.Channel));
                break;
            case MembershipAct.Complete:
                End(entry, static x => x.OnCompleted());
                break;
            case MembershipAct.Fail fail:
                End(entry, x => x.OnError(fail.Error));
                break;
            case MembershipAct.Report report:
                turns.Publish(() => lost.OnNext(report.Loss));
                break;
        }
    }

    private void Run(MembershipEntry entry, IObservable<MembershipSignal> call)
    {
        var slot = new SingleAssignmentDisposable();
        Work(entry, slot);
        turns.Afterwards(() => slot.Disposable = call.Take(1).Subscribe(Answered, error =>
            Answered(new CallFailed(error as TaloException ?? new TaloException(error.Message, error)))));

        // An answer that was given up meanwhile is nobody's.
        void Answered(MembershipSignal answer) => turns.Take(() =>
        {
            if (entry.Work == slot) apply(entry, answer);
        });
    }

    private TimeSpan WaitFor(int attempt, TaloException error) => RetryPolicy.Wait(attempt - 1, RetryAfter.Of(error), settings);

    /// <summary>The observers' last word. Inside a turn.</summary>
    internal void End(MembershipEntry entry, Action<JoinedObserver> end)
    {
        Grace(entry, Disposable.Empty);
        foreach (var observer in entry.Release()) turns.Publish(() => end(observer));
    }

    /// <summary>Ends what runs for a channel. Inside a turn.</summary>
    internal void Stop(MembershipEntry entry)
    {
        Work(entry, Disposable.Empty);
        Grace(entry, Disposable.Empty);
    }

    private void Work(MembershipEntry entry, IDisposable next)
    {
        var last = entry.Work;
        entry.Work = next;
        turns.Afterwards(last.Dispose);
    }

    /// <summary>Replaces the wait after the last observer. Inside a turn.</summary>
    internal void Grace(MembershipEntry entry, IDisposable next)
    {
        var last = entry.Grace;
        entry.Grace = next;
        turns.Afterwards(last.Dispose);
    }
}
