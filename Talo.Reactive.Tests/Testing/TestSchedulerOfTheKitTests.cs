using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Testing;

/// <summary>What the kit's scheduler and scripts have beyond Microsoft's.</summary>
public sealed class TestSchedulerOfTheKitTests : ReactiveTest
{
    private static readonly InvalidOperationException Boom = new("boom");
    private readonly List<(string Name, long At)> _ran = new();
    private TestScheduler _scheduler = null!;

    [SetUp]
    public void StartTheClock()
    {
        _scheduler = new TestScheduler();
        _ran.Clear();
    }

    [Test]
    public void ClockAtTheUnixEpoch_CountsTicksFromThere()
    {
        var scheduler = TestScheduler.AtUnixEpoch();
        scheduler.AdvanceBy(TimeSpan.FromSeconds(90));
        Assert.That(scheduler.Now.ToUnixTimeSeconds(), Is.EqualTo(90));
        Assert.That(scheduler.Clock, Is.EqualTo(90 * TimeSpan.TicksPerSecond));
    }

    [Test]
    public void ClockWithAnOffset_IsKeptInUtc()
    {
        var start = new DateTimeOffset(2026, 3, 2, 18, 0, 0, TimeSpan.FromHours(2));
        var scheduler = new TestScheduler(start);
        Assert.That(scheduler.Now, Is.EqualTo(start));
        Assert.That(scheduler.Now.Offset, Is.EqualTo(TimeSpan.Zero));
        scheduler.AdvanceTo(start.AddMinutes(5));
        Assert.That(scheduler.Clock, Is.EqualTo(TimeSpan.FromMinutes(5).Ticks));
    }

    [Test]
    public void WaitForTheLongestTime_NeverComesDueEarly()
    {
        _scheduler.AdvanceTo(100);
        _scheduler.Schedule(TimeSpan.MaxValue, () => _ran.Add(("for ever", _scheduler.Clock)));
        _scheduler.AdvanceBy(TimeSpan.FromDays(365));
        Assert.That(_ran, Is.Empty);
    }

    [Test]
    public void AdvanceBackwardsByATimeSpan_Throws()
    {
        _scheduler.AdvanceTo(10);
        Assert.Throws<ArgumentOutOfRangeException>(() => _scheduler.AdvanceBy(TimeSpan.FromTicks(-1)));
        Assert.That(_scheduler.Clock, Is.EqualTo(10));
    }

    [Test]
    public void Frame_IsWhatTheSchedulerSays_UnlessTheCallSaysOtherwise()
    {
        var scheduler = new TestScheduler();
        Assert.That(scheduler.Cold("-a").Messages.Single().Time, Is.EqualTo(TimeSpan.TicksPerSecond));
        scheduler.Frame = TimeSpan.FromMilliseconds(16);
        Assert.That(scheduler.Cold("-a").Messages.Single().Time, Is.EqualTo(TimeSpan.FromMilliseconds(16).Ticks));
        Assert.That(scheduler.Cold("-a", frame: TimeSpan.FromTicks(10)).Messages.Single().Time, Is.EqualTo(10));
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.Frame = TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.Cold("-a", frame: TimeSpan.FromTicks(-1)));
    }

    [Test]
    public void PredicateOnEitherSide_IsAskedAboutTheOther()
    {
        var seen = OnNext(5, 42);
        Assert.That(OnNext<int>(5, x => x > 40), Is.EqualTo(seen));
        Assert.That(seen, Is.EqualTo(OnNext<int>(5, x => x > 40)));
        Assert.That(seen, Is.Not.EqualTo(OnNext<int>(5, x => x > 50)));
        Assert.That(seen, Is.Not.EqualTo(OnNext<int>(6, x => x > 40)));
        Assert.That(OnError<int>(5, Boom), Is.EqualTo(OnError<int>(5, e => e.Message == "boom")));
        Assert.That(OnError<int>(5, Boom), Is.Not.EqualTo(OnError<int>(5, e => e is ArgumentException)));
        Assert.That(OnCompleted<int>(5), Is.Not.EqualTo(OnNext<int>(5, _ => true)));
        Assert.That(OnError(5, Boom, 0), Is.EqualTo(OnError(5, e => e == Boom, 0)));
        Assert.That(OnCompleted(5, 0), Is.EqualTo(OnCompleted<int>(5)));
    }

    [Test]
    public void AssertEqual_ShowsBothSidesWhenTheyDiffer()
    {
        var observer = _scheduler.Start(() => Observable.Return('a', _scheduler));
        observer.Messages.AssertEqual(OnNext(201, 'a'), OnCompleted<char>(201));
        var error = Assert.Throws<ReactiveAssertException>(() => observer.Messages.AssertEqual(OnNext(202, 'a')));
        Assert.That(error!.Message, Does.Contain("OnNext(a)@202").And.Contain("OnNext(a)@201"));
        Assert.Throws<ReactiveAssertException>(() => observer.Messages.AssertEqual(Array.Empty<Recorded<Notification<char>>>()));
    }
}
