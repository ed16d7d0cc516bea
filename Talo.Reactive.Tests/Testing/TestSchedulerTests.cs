using System;
using System.Collections.Generic;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using NUnit.Framework;
#if WITH_MICROSOFT_REACTIVE_TESTING
using Microsoft.Reactive.Testing;
#else
using Talo.Reactive.Testing;
#endif

namespace Talo.Reactive.Tests.Testing;

/// <summary>What the kit's scheduler has in common with Microsoft's: compiled against either.</summary>
public sealed class TestSchedulerTests : ReactiveTest
{
    private readonly List<(string Name, long At)> _ran = new();
    private TestScheduler _scheduler = null!;

    [SetUp]
    public void StartTheClock()
    {
        _scheduler = new TestScheduler();
        _ran.Clear();
    }

    [Test]
    public void Clock_BeginsInYearOne()
    {
        Assert.That(_scheduler.Clock, Is.Zero);
        Assert.That(_scheduler.Now, Is.EqualTo(DateTimeOffset.MinValue));
    }

    [Test]
    public void WorkForNow_RunsOneTickLater()
    {
        Note("now", 0);
        Note("past", -50);
        _scheduler.AdvanceBy(10);
        Assert.That(_ran, Is.EqualTo(new[] { ("now", 1L), ("past", 1L) }));
    }

    [Test]
    public void WorkForNowInsideWork_CostsATickEachHop()
    {
        _scheduler.ScheduleAbsolute(100, () => _scheduler.Schedule(() =>
        {
            _ran.Add(("first hop", _scheduler.Clock));
            _scheduler.Schedule(() => _ran.Add(("second hop", _scheduler.Clock)));
        }));
        _scheduler.Start();
        Assert.That(_ran, Is.EqualTo(new[] { ("first hop", 101L), ("second hop", 102L) }));
    }

    [Test]
    public void WorkAtOneTime_RunsInTheOrderItWasScheduled()
    {
        var expected = new List<(string, long)>();
        for (var i = 0; i < 200; i++)
        {
            Note($"{i}", 50);
            expected.Add(($"{i}", 50));
        }

        _scheduler.Start();
        Assert.That(_ran, Is.EqualTo(expected));
    }

    [Test]
    public void WorkAtSeveralTimes_RunsInTheOrderOfTime()
    {
        Note("late", 30);
        Note("early", 10);
        Note("middle", 20);
        _scheduler.Start();
        Assert.That(_ran, Is.EqualTo(new[] { ("early", 10L), ("middle", 20L), ("late", 30L) }));
        Assert.That(_scheduler.Clock, Is.EqualTo(30));
    }

    [Test]
    public void AdvanceBy_RunsWhatIsDueAtItsEndAndNoMore()
    {
        Note("at the end", 10);
        Note("after it", 11);
        _scheduler.AdvanceBy(10);
        Assert.That(_ran, Is.EqualTo(new[] { ("at the end", 10L) }));
        Assert.That(_scheduler.Clock, Is.EqualTo(10));
    }

    [Test]
    public void AdvanceTo_RunsWhatIsDueAtItsEndAndNoMore()
    {
        Note("at the end", 10);
        Note("after it", 11);
        _scheduler.AdvanceTo(10);
        Assert.That(_ran, Is.EqualTo(new[] { ("at the end", 10L) }));
        Assert.That(_scheduler.Clock, Is.EqualTo(10));
    }

    [Test]
    public void AdvanceByZero_RunsNothing()
    {
        Note("now", 0);
        _scheduler.AdvanceBy(0);
        _scheduler.AdvanceTo(0);
        Assert.That(_ran, Is.Empty);
        Assert.That(_scheduler.Clock, Is.Zero);
    }

    [Test]
    public void AdvanceBackwards_Throws()
    {
        _scheduler.AdvanceTo(10);
        Assert.Throws<ArgumentOutOfRangeException>(() => _scheduler.AdvanceBy(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _scheduler.AdvanceTo(9));
        Assert.That(_scheduler.Clock, Is.EqualTo(10));
    }

    [Test]
    public void AdvanceInsideWork_Throws()
    {
        Exception? seen = null;
        _scheduler.ScheduleAbsolute(10, () => seen = Assert.Catch(() => _scheduler.AdvanceBy(1)));
        _scheduler.Start();
        Assert.That(seen, Is.InstanceOf<InvalidOperationException>());
    }

    [Test]
    public void Sleep_MovesTheClockAndRunsNothing()
    {
        Note("due", 5);
        _scheduler.Sleep(10);
        Assert.That(_ran, Is.Empty);
        Assert.That(_scheduler.Clock, Is.EqualTo(10));
    }

    [Test]
    public void DisposedWork_DoesNotRun()
    {
        Note("kept", 5);
        _scheduler.ScheduleAbsolute(5, () => _ran.Add(("disposed", _scheduler.Clock))).Dispose();
        _scheduler.Start();
        Assert.That(_ran, Is.EqualTo(new[] { ("kept", 5L) }));
    }

    [Test]
    public void WorkThatThrows_ReachesTheTestAndTheSchedulerGoesOn()
    {
        _scheduler.ScheduleAbsolute(10, () => throw new InvalidOperationException("boom"));
        Note("after", 20);
        Assert.Throws<InvalidOperationException>(() => _scheduler.AdvanceTo(15));
        Assert.That(_scheduler.Clock, Is.EqualTo(10));
    }

    [Test]
    public void Start_CreatesAt100SubscribesAt200DisposesAt1000()
    {
        long created = 0;
        var source = _scheduler.CreateColdObservable(OnNext(1, 'a'), OnNext(799, 'b'), OnNext(801, 'c'));
        var observer = _scheduler.Start(() =>
        {
            created = _scheduler.Clock;
            return source;
        });
        Assert.That(created, Is.EqualTo(100));
        Assert.That(observer.Messages, Is.EqualTo(new[] { OnNext(201, 'a'), OnNext(999, 'b') }));
        Assert.That(source.Subscriptions, Is.EqualTo(new[] { Subscribe(200, 1000) }));
        Assert.That(_scheduler.Clock, Is.EqualTo(1000));
    }

    [Test]
    public void StartWithTimes_UsesThem()
    {
        var source = _scheduler.CreateColdObservable(OnNext(1, 'a'), OnNext(50, 'b'));
        var observer = _scheduler.Start(() => source, 10, 20, 60);
        Assert.That(observer.Messages, Is.EqualTo(new[] { OnNext(21, 'a') }));
        Assert.That(source.Subscriptions, Is.EqualTo(new[] { Subscribe(20, 60) }));

        var second = new TestScheduler();
        var later = second.CreateColdObservable(OnNext(1, 'a'));
        second.Start(() => later, 300);
        Assert.That(later.Subscriptions, Is.EqualTo(new[] { Subscribe(200, 300) }));
    }

    [Test]
    public void RxOperatorsOnTheScheduler_HaveTheirKnownTimes()
    {
        var observer = _scheduler.Start(() => Observable.Interval(TimeSpan.FromTicks(250), _scheduler));
        Assert.That(observer.Messages, Is.EqualTo(new[] { OnNext(450, 0L), OnNext(700, 1L), OnNext(950, 2L) }));
    }

    private void Note(string name, long at) => _scheduler.ScheduleAbsolute(at, () => _ran.Add((name, _scheduler.Clock)));
}
