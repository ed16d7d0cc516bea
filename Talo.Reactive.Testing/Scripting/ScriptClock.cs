using System;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace Talo.Reactive.Testing;

/// <summary>The clock that stamps what a script records: the scheduler's, and the time since the script was made.</summary>
internal sealed class ScriptClock
{
    private readonly DateTimeOffset _start;

    internal ScriptClock(IScheduler scheduler)
    {
        Scheduler = scheduler ?? throw new ArgumentNullException(nameof(scheduler));
        _start = scheduler.Now;
    }

    internal IScheduler Scheduler { get; }

    internal DateTimeOffset Now => Scheduler.Now;

    internal TimeSpan Elapsed => Scheduler.Now - _start;

    internal IDisposable After(TimeSpan delay, Action action)
    {
        // "Never" is written as the longest time there is, and the scheduler adds it to its clock, unchecked.
        var most = DateTimeOffset.MaxValue - Scheduler.Now;
        return Scheduler.Schedule(
            action,
            delay < most ? delay : most,
            static (_, work) =>
            {
                work();
                return Disposable.Empty;
            });
    }

    internal IDisposable Soon(Action action) => After(TimeSpan.Zero, action);
}
