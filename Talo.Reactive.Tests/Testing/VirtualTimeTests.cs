using System;
using System.Reactive.Concurrency;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Testing;

/// <summary>What the kit adds to the clock of Microsoft's scheduler.</summary>
public sealed class VirtualTimeTests
{
    [Test]
    public void ClockAtTheUnixEpoch_CountsUnixTime()
    {
        var scheduler = new TestScheduler().StartAt(DateTimeOffset.UnixEpoch);
        scheduler.AdvanceBy(TimeSpan.FromSeconds(90));
        Assert.That(scheduler.Now.ToUnixTimeSeconds(), Is.EqualTo(90));
        Assert.That(scheduler.Clock, Is.EqualTo(DateTimeOffset.UnixEpoch.Ticks + (90 * TimeSpan.TicksPerSecond)));
    }

    [Test]
    public void ClockWithAnOffset_IsKeptInUtc()
    {
        var start = new DateTimeOffset(2026, 3, 2, 18, 0, 0, TimeSpan.FromHours(2));
        var scheduler = new TestScheduler().StartAt(start);
        Assert.That(scheduler.Now, Is.EqualTo(start));
        Assert.That(scheduler.Now.Offset, Is.EqualTo(TimeSpan.Zero));
        scheduler.AdvanceTo(start.AddMinutes(5));
        Assert.That(scheduler.Now, Is.EqualTo(start.AddMinutes(5)));
    }

    [Test]
    public void ClockAtItsBeginning_IsANewScheduler() =>
        Assert.That(new TestScheduler().StartAt(DateTimeOffset.MinValue).Clock, Is.Zero);

    [Test]
    public void AdvanceByATimeSpan_RunsWhatIsDueAtItsEndAndNoMore()
    {
        var scheduler = new TestScheduler();
        var ran = "";
        scheduler.Schedule(TimeSpan.FromSeconds(2), () => ran += "a");
        scheduler.Schedule(TimeSpan.FromSeconds(2) + TimeSpan.FromTicks(1), () => ran += "b");
        scheduler.AdvanceBy(TimeSpan.FromSeconds(2));
        Assert.That(ran, Is.EqualTo("a"));
    }

    [Test]
    public void AdvanceBackwards_Throws()
    {
        var scheduler = new TestScheduler().StartAt(DateTimeOffset.UnixEpoch);
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.AdvanceBy(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.AdvanceTo(DateTimeOffset.MinValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.StartAt(DateTimeOffset.MinValue));
        Assert.That(scheduler.Now, Is.EqualTo(DateTimeOffset.UnixEpoch));
    }

    [Test]
    public void NoScheduler_IsRefused()
    {
        TestScheduler none = null!;
        Assert.Throws<ArgumentNullException>(() => none.StartAt(DateTimeOffset.UnixEpoch));
        Assert.Throws<ArgumentNullException>(() => none.AdvanceBy(TimeSpan.Zero));
    }
}
