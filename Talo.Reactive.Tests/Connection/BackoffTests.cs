using System;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Talo.Reactive.Connection;

namespace Talo.Reactive.Tests.Connection;

public sealed class BackoffTests
{
    private static readonly Config Runs = Exploration.Runs.WithMaxTest(2000);

    [TestCase(0, 0.5, 500)]
    [TestCase(1, 0.5, 1_000)]
    [TestCase(4, 0.5, 8_000)]
    [TestCase(5, 0.5, 15_000)]
    [TestCase(6, 0.25, 7_500)]
    [TestCase(3, 0.0, 0)]
    [TestCase(62, 0.5, 15_000)]
    [TestCase(63, 0.5, 15_000)]
    [TestCase(64, 0.5, 15_000)]
    [TestCase(2000, 0.5, 15_000)]
    [TestCase(int.MaxValue, 0.5, 15_000)]
    [TestCase(-1, 0.5, 500)]
    [TestCase(int.MinValue, 0.5, 500)]
    public void FullJitter_AttemptAndDraw_ShareOfTheDoubledCeiling(int attempt, double random, int expectedMilliseconds)
    {
        var delay = Backoff.FullJitter(attempt, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), random);
        Assert.That(delay, Is.EqualTo(TimeSpan.FromMilliseconds(expectedMilliseconds)));
    }

    [Test]
    public void FullJitter_CeilingBelowTheFirstDelay_CeilingWins() =>
        Assert.That(
            Backoff.FullJitter(0, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(4), 0.5), Is.EqualTo(TimeSpan.FromSeconds(2)));

    [Test, Fuzz]
    public void FullJitter_AnyArguments_StaysBelowTheCeilingAndGrowsWithTheAttempt()
    {
        var cases =
            from attempt in Gen.OneOf(Gen.Choose(0, 100), Gen.Choose(int.MinValue, int.MaxValue - 1))
            from initial in Ticks
            from max in Ticks
            from random in Draw
            select (attempt, initial, max, random);

        FsCheck.Fluent.Prop.ForAll(cases.ToArbitrary(), static c =>
        {
            var delay = Backoff.FullJitter(c.attempt, c.initial, c.max, c.random);
            var next = Backoff.FullJitter(c.attempt + 1, c.initial, c.max, c.random);
            return delay >= TimeSpan.Zero && next >= delay && (delay < c.max || c.max == TimeSpan.Zero);
        }).Explore(Runs);
    }

    [TestCase(60, 30, 0.0, 60)]
    [TestCase(60, 30, 0.5, 75)]
    [TestCase(0, 30, 0.5, 15)]
    [TestCase(60, 0, 0.9, 60)]
    public void AfterTooManyRequests_Draw_JitterOnTopOfTheAnswer(int retryAfter, int maxJitter, double random, int expected) =>
        Assert.That(
            Backoff.AfterTooManyRequests(TimeSpan.FromSeconds(retryAfter), TimeSpan.FromSeconds(maxJitter), random),
            Is.EqualTo(TimeSpan.FromSeconds(expected)));

    [Test, Fuzz]
    public void AfterTooManyRequests_AnyArguments_NeverEarlierThanAskedAndNeverOverflows()
    {
        var cases = from retryAfter in Ticks from jitter in Ticks from random in Draw select (retryAfter, jitter, random);
        FsCheck.Fluent.Prop.ForAll(cases.ToArbitrary(), static c =>
        {
            var delay = Backoff.AfterTooManyRequests(c.retryAfter, c.jitter, c.random);
            return delay >= c.retryAfter && delay - c.retryAfter <= c.jitter;
        }).Explore(Runs);
    }

    private static Gen<TimeSpan> Ticks => Gen.OneOf(
        Gen.Choose(0, int.MaxValue).Select(static n => TimeSpan.FromTicks(n)),
        Gen.Choose(0, 3600).Select(static n => TimeSpan.FromSeconds(n)),
        Gen.Elements(TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.MaxValue));

    private static Gen<double> Draw => Gen.OneOf(
        Gen.Choose(0, 999_999).Select(static n => n / 1_000_000d),
        Gen.Elements(0d, Math.BitDecrement(1d)));
}
