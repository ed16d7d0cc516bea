using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Threading;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.GameLoops;

public sealed class GameLoopTests
{
    private readonly List<int> _ran = [];
    private TestScheduler _clock = null!;
    private GameLoop _loop = null!;

    [SetUp]
    public void Make()
    {
        _ran.Clear();
        _clock = new TestScheduler().StartAt(DateTimeOffset.UnixEpoch);
        _loop = new GameLoop(_clock);
    }

    [Test]
    public void NothingRunsBeforeTheTick_AndEverythingDueInIt_InOrder()
    {
        using var source = new Subject<int>();
        using var heard = source.ObserveOn(_loop).Subscribe(_ran.Add);
        foreach (var i in Enumerable.Range(1, 5)) source.OnNext(i);
        Assert.That(_ran, Is.Empty);

        _loop.Tick();
        Assert.That(_ran, Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
        Assert.That(_loop.Tick(), Is.Zero);
    }

    [Test]
    public void ObservedValues_RunOnTheThreadThatTicks()
    {
        using var source = new Subject<int>();
        var thread = 0;
        using var heard = source.ObserveOn(_loop).Subscribe(_ => thread = Environment.CurrentManagedThreadId);
        var other = new Thread(() => source.OnNext(1));
        other.Start();
        other.Join();
        _loop.Tick();
        Assert.That(thread, Is.EqualTo(Environment.CurrentManagedThreadId));
    }

    [Test]
    public void Budget_LeavesTheRestForTheNextTick_InOrder()
    {
        foreach (var i in Enumerable.Range(1, 4))
        {
            _loop.Schedule(() =>
            {
                _ran.Add(i);
                _clock.Sleep(TimeSpan.FromMilliseconds(1).Ticks);
            });
        }

        Assert.That(_loop.Backlog, Is.EqualTo(4));
        Assert.That(_loop.Tick(TimeSpan.FromMilliseconds(2)), Is.EqualTo(2));
        Assert.That(_ran, Is.EqualTo(new[] { 1, 2 }));
        Assert.That(_loop.Backlog, Is.EqualTo(2));

        _loop.Tick(TimeSpan.Zero);
        Assert.That(_ran, Is.EqualTo(new[] { 1, 2, 3 }), "a tick makes progress even without time");
    }

    [Test]
    public void TimedWork_RunsInTheFirstTickAfterItIsDue()
    {
        _loop.Schedule(TimeSpan.FromSeconds(2), () => _ran.Add(2));
        _loop.Schedule(TimeSpan.FromSeconds(1), () => _ran.Add(1));
        _clock.AdvanceBy(TimeSpan.FromMilliseconds(999));
        _loop.Tick();
        Assert.That(_ran, Is.Empty);
        _clock.AdvanceBy(TimeSpan.FromSeconds(5));
        _loop.Tick();
        Assert.That(_ran, Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void WorkForTheEndOfTime_NeverRuns()
    {
        _clock.AdvanceBy(TimeSpan.FromDays(1));
        _loop.Schedule(TimeSpan.MaxValue, () => _ran.Add(1));
        _clock.AdvanceBy(TimeSpan.FromDays(3650));
        Assert.That(_loop.Tick(), Is.Zero);
    }

    [Test]
    public void CancelledWork_DoesNotRun()
    {
        _loop.Schedule(TimeSpan.FromSeconds(1), () => _ran.Add(1)).Dispose();
        _loop.Schedule(() => _ran.Add(2)).Dispose();
        _clock.AdvanceBy(TimeSpan.FromSeconds(2));
        _loop.Tick();
        Assert.That(_ran, Is.Empty);
    }

    [Test]
    public void WorkThatThrows_ReachesTheCaller_AndTheRestComesNext()
    {
        _loop.Schedule(() => throw new InvalidOperationException("boom"));
        _loop.Schedule(() => _ran.Add(1));
        Assert.That(() => _loop.Tick(), Throws.InvalidOperationException);
        _loop.Tick();
        Assert.That(_ran, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void Backlog_CountsAnObserveOnOnce()
    {
        using var source = new Subject<int>();
        using var heard = source.ObserveOn(_loop).Subscribe(_ran.Add);
        foreach (var i in Enumerable.Range(1, 5)) source.OnNext(i);
        Assert.That(_loop.Backlog, Is.EqualTo(1));
    }

    [Test]
    public void ClockThatIsSetBack_HoldsUpNoTimedWork()
    {
        var clock = new SettableClock();
        var loop = new GameLoop(clock);
        loop.Schedule(TimeSpan.FromSeconds(1), () => _ran.Add(1));
        clock.SetBackBy = TimeSpan.FromHours(1);
        clock.Passed = TimeSpan.FromSeconds(1);
        loop.Tick();
        Assert.That(_ran, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void ClockThatIsSetBackWithinATick_LengthensItNot()
    {
        var clock = new SettableClock();
        var loop = new GameLoop(clock);
        foreach (var i in Enumerable.Range(1, 4))
        {
            loop.Schedule(() =>
            {
                clock.SetBackBy = TimeSpan.FromHours(1);
                clock.Passed += TimeSpan.FromMilliseconds(1);
            });
        }

        Assert.That(loop.Tick(TimeSpan.FromMilliseconds(2)), Is.EqualTo(2));
    }

    /// <summary>A machine's clock, which a player can set, and the time that really passes.</summary>
    private sealed class SettableClock : LocalScheduler, IStopwatch
    {
        internal TimeSpan Passed { get; set; }

        internal TimeSpan SetBackBy { get; set; }

        public TimeSpan Elapsed => Passed;

        public override DateTimeOffset Now => DateTimeOffset.UnixEpoch.AddYears(50) + Passed - SetBackBy;

        public override IStopwatch StartStopwatch() => this;

        public override IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action) =>
            throw new NotSupportedException();
    }
}
