using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Dispatch;

public sealed class TurnsTests
{
    private static readonly TimeSpan Bound = Bounded.Limit;
    private readonly List<string> log = [];
    private TestScheduler scheduler = null!;
    private Turns turns = null!;

    [SetUp]
    public void Make()
    {
        log.Clear();
        scheduler = new TestScheduler();
        turns = new Turns(scheduler, error => Assert.Fail(error.ToString()));
    }

    [Test]
    public void Turn_ThenEffects_ThenDeliveries()
    {
        turns.Take(() =>
        {
            turns.Publish(() => log.Add("delivery"));
            turns.Afterwards(() => log.Add("effect"));
            log.Add("turn");
        });
        Assert.That(log, Is.EqualTo(new[] { "turn", "effect", "delivery" }));
    }

    [Test]
    public void TurnInsideATurn_IsPartOfIt()
    {
        turns.Take(() =>
        {
            turns.Take(() => turns.Afterwards(() => log.Add("effect")));
            log.Add("outer ends");
        });
        Assert.That(log, Is.EqualTo(new[] { "outer ends", "effect" }));
    }

    [Test]
    public void TurnThatThrows_LeavesTheNextOnesWorking()
    {
        Assert.That(() => turns.Take(() => throw new InvalidOperationException("turn")), Throws.InvalidOperationException);
        turns.Take(() => turns.Afterwards(() => log.Add("effect")));
        Assert.That(log, Is.EqualTo(new[] { "effect" }));
    }

    [Test]
    public void Tell_InsideATurn_OrAnEffect_WaitsForItsEnd()
    {
        turns.Take(() =>
        {
            turns.Tell(() => log.Add("told in the turn"));
            turns.Afterwards(() =>
            {
                turns.Tell(() => log.Add("told in the effect"));
                log.Add("effect");
            });
            turns.Afterwards(() => log.Add("second effect"));
            log.Add("turn");
        });
        turns.Tell(() => log.Add("told outside"));
        Assert.That(log, Is.EqualTo(new[] { "turn", "effect", "second effect", "told in the turn", "told in the effect", "told outside" }));
    }

    [Test]
    public void After_TakesATurnInTime_UnlessItIsDisposed()
    {
        turns.Take(() =>
        {
            turns.After(TimeSpan.FromSeconds(1), () => log.Add("one"));
            turns.After(TimeSpan.FromSeconds(2), () => log.Add("never")).Dispose();
        });
        scheduler.AdvanceBy(TimeSpan.FromSeconds(0.9));
        Assert.That(log, Is.Empty);
        scheduler.AdvanceBy(TimeSpan.FromSeconds(5));
        Assert.That(log, Is.EqualTo(new[] { "one" }));
    }

    [Test]
    public void Complete_HappensOnTheScheduler_AfterWhatWasPublished()
    {
        turns.Take(() =>
        {
            turns.Complete(() => log.Add("completed"));
            turns.Publish(() => log.Add("published"));
        });
        Assert.That(log, Is.EqualTo(new[] { "published" }));
        scheduler.AdvanceBy(1);
        Assert.That(log, Is.EqualTo(new[] { "published", "completed" }));
    }

    [Test]
    public void SlowDelivery_HoldsUpNeitherTurnsNorEffectsOfOtherThreads()
    {
        using var running = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var slow = new Thread(() => turns.Take(() => turns.Publish(() =>
        {
            running.Set();
            goOn.Wait(Bound);
        })))
        { IsBackground = true };
        slow.Start();
        Assert.That(running.Wait(Bound), Is.True);
        turns.Take(() =>
        {
            turns.Afterwards(() => log.Add("effect"));
            turns.Publish(() => log.Add("delivery"));
        });
        Assert.That(log, Is.EqualTo(new[] { "effect" }));
        goOn.Set();
        Assert.That(slow.Join(Bound), Is.True);
        Assert.That(log, Is.EqualTo(new[] { "effect", "delivery" }));
    }

    [Test]
    public void ManyThreads_EffectsAndDeliveriesInTheOrderOfTheTurns()
    {
        var count = 0;
        var effects = new List<int>();
        var deliveries = new List<int>();
        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                turns.Take(() =>
                {
                    var number = count++;
                    turns.Afterwards(() => effects.Add(number));
                    turns.Publish(() => deliveries.Add(number));
                });
            }
        })
        { IsBackground = true }).ToList();
        threads.ForEach(x => x.Start());
        Assert.That(threads.TrueForAll(x => x.Join(Bound)), Is.True);
        Assert.That(effects, Is.EqualTo(Enumerable.Range(0, 8_000)));
        Assert.That(deliveries, Is.EqualTo(Enumerable.Range(0, 8_000)));
    }
}
