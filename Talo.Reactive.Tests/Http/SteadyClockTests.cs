using System;
using NUnit.Framework;
using Talo.Reactive.Http;

namespace Talo.Reactive.Tests.Http;

public sealed class SteadyClockTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.MinValue;

    [Test]
    public void ClockGoesOn_ItIsFollowed()
    {
        var clock = default(SteadyClock);
        Assert.That(clock.Read(Start), Is.Zero);
        Assert.That(clock.Read(Start.AddSeconds(3)), Is.EqualTo(TimeSpan.FromSeconds(3).Ticks));
    }

    [Test]
    public void ClockTrembles_TimeIsHeldUntilItHasCaughtUp()
    {
        var clock = default(SteadyClock);
        for (var i = 0; i < 100; i++)
        {
            clock.Read(Start.AddSeconds(5.0));
            clock.Read(Start.AddSeconds(4.5));
        }

        Assert.That(clock.Read(Start.AddSeconds(6)), Is.EqualTo(TimeSpan.FromSeconds(6).Ticks));
    }

    [Test]
    public void ClockIsSetBack_TimeGoesOnFromThere()
    {
        var clock = default(SteadyClock);
        var before = clock.Read(Start.AddHours(5));
        Assert.That(clock.Read(Start.AddHours(1)), Is.EqualTo(before));
        Assert.That(clock.Read(Start.AddHours(1).AddSeconds(7)), Is.EqualTo(before + TimeSpan.FromSeconds(7).Ticks));
        Assert.That(clock.At(Start.AddHours(1).AddSeconds(9)), Is.EqualTo(before + TimeSpan.FromSeconds(9).Ticks));
    }
}
