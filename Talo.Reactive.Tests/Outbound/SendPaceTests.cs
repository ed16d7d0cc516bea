using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Talo.Reactive.Outbound;

namespace Talo.Reactive.Tests.Outbound;

public sealed class SendPaceTests
{
    private const double Share = 0.05;
    private static readonly Config Runs = Exploration.Runs.WithMaxTest(600);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(65);
    private static readonly DateTimeOffset Start = DateTimeOffset.MinValue;

    [TestCase(300, 285, 15)]
    [TestCase(3600, 3420, 180)]
    [TestCase(30, 28, 2)]
    [TestCase(2, 1, 1)]
    public void Burst_EachClassHasItsShareAndThenWaitsForTheWindow(int limit, int game, int reserved)
    {
        var pace = new SendPace(limit, Window, Share);
        Assert.That(CountFree(pace, FrameClass.Game, Start), Is.EqualTo(game));
        Assert.That(CountFree(pace, FrameClass.Reserved, Start.AddSeconds(1)), Is.EqualTo(reserved));
        Assert.That(pace.WaitFor(FrameClass.Game, Start.AddSeconds(10)), Is.EqualTo(TimeSpan.FromSeconds(55)));
        Assert.That(pace.WaitFor(FrameClass.Reserved, Start.AddSeconds(10)), Is.EqualTo(TimeSpan.FromSeconds(56)));
        Assert.That(CountFree(pace, FrameClass.Game, Start.AddSeconds(65)), Is.EqualTo(game));
    }

    [Test]
    public void Steady_EachFrameWaitsForTheOneAQuotaBack()
    {
        var pace = new SendPace(5, Window, 0.2);
        for (var i = 0; i < 4; i++) pace.Record(FrameClass.Game, Start.AddSeconds(10 * i));
        Assert.That(pace.WaitFor(FrameClass.Game, Start.AddSeconds(40)), Is.EqualTo(TimeSpan.FromSeconds(25)));
        pace.Record(FrameClass.Game, Start.AddSeconds(65));
        Assert.That(pace.WaitFor(FrameClass.Game, Start.AddSeconds(65)), Is.EqualTo(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public void Silenced_NeitherClassUntilItIsOver()
    {
        var pace = new SendPace(300, Window, Share);
        pace.SilenceUntil(Start.AddSeconds(60));
        pace.SilenceUntil(Start.AddSeconds(20));
        Assert.That(pace.WaitFor(FrameClass.Game, Start.AddSeconds(50)), Is.EqualTo(TimeSpan.FromSeconds(10)));
        Assert.That(pace.WaitFor(FrameClass.Reserved, Start.AddSeconds(50)), Is.EqualTo(TimeSpan.FromSeconds(10)));
        Assert.That(pace.WaitFor(FrameClass.Reserved, Start.AddSeconds(60)), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Halved_HalfTheGameRateAndTheWholeReserve()
    {
        var pace = new SendPace(300, Window, Share);
        pace.HalveUntil(Start.AddMinutes(5));
        Assert.That(CountFree(pace, FrameClass.Game, Start), Is.EqualTo(142));
        Assert.That(CountFree(pace, FrameClass.Reserved, Start), Is.EqualTo(15));
        Assert.That(pace.WaitFor(FrameClass.Game, Start), Is.EqualTo(Window));
    }

    [Test]
    public void HalvingEnds_TheRestOfTheRateIsFreeAtOnce()
    {
        var pace = new SendPace(300, Window, Share);
        pace.HalveUntil(Start.AddSeconds(20));
        CountFree(pace, FrameClass.Game, Start);
        Assert.That(pace.WaitFor(FrameClass.Game, Start.AddSeconds(5)), Is.EqualTo(TimeSpan.FromSeconds(15)));
        Assert.That(CountFree(pace, FrameClass.Game, Start.AddSeconds(20)), Is.EqualTo(143));
    }

    [Test]
    public void HalvingEndsBeforeTheSpentQuotaIsFree_WaitsForTheQuota()
    {
        var pace = new SendPace(300, Window, Share);
        CountFree(pace, FrameClass.Game, Start);
        pace.HalveUntil(Start.AddSeconds(20));
        Assert.That(pace.WaitFor(FrameClass.Game, Start.AddSeconds(5)), Is.EqualTo(TimeSpan.FromSeconds(60)));
    }

    [Test]
    public void HalvedWithOneFrameOfQuota_StillSends()
    {
        var pace = new SendPace(2, Window, Share);
        pace.HalveUntil(Start.AddHours(1));
        Assert.That(CountFree(pace, FrameClass.Game, Start), Is.EqualTo(1));
    }

    [Test]
    public void ClockTremblesBackwards_NothingIsFreedEarlyAndNothingThrows()
    {
        var pace = new SendPace(2, Window, Share);
        pace.Record(FrameClass.Game, Start.AddSeconds(0.4));
        Assert.That(pace.WaitFor(FrameClass.Game, Start), Is.EqualTo(Window));
        Assert.That(pace.WaitFor(FrameClass.Game, Start.AddSeconds(65)), Is.EqualTo(TimeSpan.FromSeconds(0.4)));
    }

    [Test]
    public void ClockIsSetBackByHours_TheWaitStaysWithinTheWindow()
    {
        var pace = new SendPace(2, Window, Share);
        pace.Record(FrameClass.Game, Start.AddHours(9));
        Assert.That(pace.WaitFor(FrameClass.Game, Start.AddHours(2)), Is.EqualTo(Window));
        Assert.That(pace.WaitFor(FrameClass.Game, Start.AddHours(2).AddSeconds(65)), Is.EqualTo(TimeSpan.Zero));
    }

    [TestCase(1, 65, 0.05)]
    [TestCase(300, 0, 0.05)]
    [TestCase(300, 65, 0.0)]
    [TestCase(300, 65, 1.0)]
    [TestCase(300, 65, double.NaN)]
    public void NonsenseSettings_Refused(int limit, int seconds, double share) =>
        Assert.That(() => new SendPace(limit, TimeSpan.FromSeconds(seconds), share), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void WarmedUp_PacingAllocatesNothing()
    {
        var pace = new SendPace(3600, Window, Share);
        var now = Start;
        SendFor(TimeSpan.FromMinutes(3));
        var before = GC.GetAllocatedBytesForCurrentThread();
        SendFor(TimeSpan.FromMinutes(3));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void SendFor(TimeSpan time)
        {
            for (var end = now + time; now < end;)
            {
                now += pace.WaitFor(FrameClass.Game, now);
                pace.Record(FrameClass.Game, now);
            }
        }
    }

    [TestCase(300)]
    [TestCase(3600)]
    public void GreedyAtTheRealLimits_NoFrameIsRejectedAndTheRateIsUsed(int limit)
    {
        foreach (var latency in new Func<int, int>[] { static _ => 0, i => i < limit ? 5_000 : 0, static i => 5_000 - (i * 37 % 5_001) })
        {
            var steps = Enumerable.Range(0, 4 * limit)
                .Select(i => new Step(0, i % 20 == 7 ? FrameClass.Reserved : FrameClass.Game, latency(i)));
            var session = new Session(limit, Paced(limit));
            Assert.That(session.Survives(steps), Is.True);
            Assert.That(session.Elapsed, Is.LessThanOrEqualTo(4 * 65_000), "Slower than the pace has to be.");
        }
    }

    [Test, Fuzz]
    public void AnyTrafficAndAnyLatencyUpToFiveSeconds_NoFrameIsRejected() =>
        SurvivesAnyTraffic(Paced).Explore(Runs);

    [Test]
    public void AClientWithAFixedWindow_TheSameTrafficCatchesIt() =>
        Assert.That(() => SurvivesAnyTraffic(FixedWindow).CheckOnce(Runs), Throws.Exception);

    [Test]
    public void ALogOverTheServersOwnWindow_FallingLatencyCatchesIt() =>
        Assert.That(() => SurvivesAnyTraffic(static limit => Paced(limit, TimeSpan.FromSeconds(60))).CheckOnce(Runs), Throws.Exception);

    private static Property SurvivesAnyTraffic(Func<int, Pacer> pacer)
    {
        var cls = Gen.Frequency((6, Gen.Constant(FrameClass.Game)), (1, Gen.Constant(FrameClass.Reserved)));
        var latency = Gen.OneOf(Gen.Constant(0), Gen.Constant(5_000), Gen.Choose(0, 5_000));
        var phase =
            from frames in Gen.Choose(1, 40)
            from longestGap in Gen.Elements(0, 0, 300, 5_000, 70_000)
            from steadyLatency in latency
            from trembles in Gen.Elements(true, false)
            from steps in (
                from gap in Gen.Choose(0, longestGap)
                from c in cls
                from own in latency
                select new Step(gap, c, trembles ? own : steadyLatency)).ArrayOf(frames)
            select steps;
        var traffic = from limit in Gen.Choose(2, 40) from phases in phase.ArrayOf(8) select (limit, phases);
        return FsCheck.Fluent.Prop.ForAll(
            traffic.ToArbitrary(), t => new Session(t.limit, pacer(t.limit)).Survives(t.phases.SelectMany(static p => p)));
    }

    private static int CountFree(SendPace pace, FrameClass cls, DateTimeOffset now)
    {
        var count = 0;
        for (; count < 10_000 && pace.WaitFor(cls, now) == TimeSpan.Zero; count++) pace.Record(cls, now);
        return count;
    }

    private static Pacer Paced(int limit) => Paced(limit, Window);

    private static Pacer Paced(int limit, TimeSpan window)
    {
        var pace = new SendPace(limit, window, Share);
        return (cls, now) =>
        {
            var at = Start.AddMilliseconds(now);
            at += pace.WaitFor(cls, at);
            Assert.That(pace.WaitFor(cls, at), Is.EqualTo(TimeSpan.Zero), "A wait that was kept is enough.");
            pace.Record(cls, at);
            return (long)(at - Start).TotalMilliseconds;
        };
    }

    private static Pacer FixedWindow(int limit)
    {
        long start = 0;
        var count = 0;
        return (_, now) =>
        {
            if (now >= start + 65_000) (start, count) = (now, 0);
            if (count == limit) (start, count) = (start + 65_000, 0);
            count++;
            return Math.Max(now, start);
        };
    }

    private sealed record Step(int Gap, FrameClass Class, int Latency);

    /// <summary>Says when a frame that is ready now, in milliseconds, is written.</summary>
    private delegate long Pacer(FrameClass cls, long now);

    private sealed class Session
    {
        private readonly ServerLimiter _server;
        private readonly Pacer _pacer;

        internal Session(int limit, Pacer pacer)
        {
            _server = new ServerLimiter(limit);
            _pacer = pacer;
        }

        internal long Elapsed { get; private set; }

        internal bool Survives(IEnumerable<Step> steps)
        {
            var arrival = 0L;
            foreach (var step in steps)
            {
                Elapsed = _pacer(step.Class, Elapsed + step.Gap);
                arrival = Math.Max(arrival, Elapsed + step.Latency);
                if (!_server.Accepts(arrival)) return false;
            }

            return true;
        }
    }

    /// <summary>What the server counts: a window of 60 s from the first frame; one frame too many makes it begin again, blocked.</summary>
    private sealed class ServerLimiter
    {
        private readonly int _limit;
        private long _end;
        private int _count;

        internal ServerLimiter(int limit) => _limit = limit;

        internal bool Accepts(long now)
        {
            if (now >= _end) (_end, _count) = (now + 60_000, 0);
            if (++_count <= _limit) return true;
            if (_count == _limit + 1) _end = now + 60_000;
            return false;
        }
    }
}
