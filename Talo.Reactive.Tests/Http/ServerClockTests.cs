using System;
using System.Globalization;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Talo.Reactive.Http;

namespace Talo.Reactive.Tests.Http;

public sealed class ServerClockTests
{
    private static readonly Config Runs = Exploration.Runs.WithMaxTest(1000);
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private DateTimeOffset _local;
    private ServerClock _clock = null!;

    [SetUp]
    public void StartAtNoon()
    {
        _local = Noon;
        _clock = new ServerClock(() => _local);
    }

    [Test]
    public void NothingMeasured_TheLocalClock()
    {
        Assert.That(_clock.IsMeasured, Is.False);
        Assert.That(_clock.UnixMilliseconds(), Is.EqualTo(Noon.ToUnixTimeMilliseconds()));
    }

    [Test]
    public void LocalClockAtTheBeginningOfTime_NothingThrows()
    {
        _local = DateTimeOffset.MinValue;
        Assert.That(_clock.UnixMilliseconds(), Is.EqualTo(DateTimeOffset.MinValue.ToUnixTimeMilliseconds()));
        _clock.Observe("Mon, 02 Mar 2026 12:00:00 GMT", _local, _local);
        Assert.That(_clock.UnixMilliseconds(), Is.EqualTo(Noon.ToUnixTimeMilliseconds() + 500));
    }

    [Test]
    public void LocalClockAheadOfTheServer_ComparedAtTheMiddleOfTheExchangeAndHalfASecondAdded()
    {
        _clock.Observe("Mon, 02 Mar 2026 09:00:00 GMT", Noon, Noon.AddSeconds(4));
        Assert.That(_clock.Offset, Is.EqualTo(new TimeSpan(-3, 0, -2) + TimeSpan.FromSeconds(0.5)));
        Assert.That(_clock.IsMeasured, Is.True);
    }

    [TestCase("2020-01-01T00:00:00Z")]
    [TestCase("2099-06-01T00:00:00Z")]
    public void LocalClockYearsWrong_CorrectedToTheSecond(string local)
    {
        _local = DateTimeOffset.Parse(local, CultureInfo.InvariantCulture);
        _clock.Observe("Mon, 02 Mar 2026 12:00:00 GMT", _local, _local);
        Assert.That(_clock.UnixMilliseconds(), Is.EqualTo(Noon.ToUnixTimeMilliseconds() + 500));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("yesterday")]
    [TestCase("0")]
    [TestCase("2026-03-02T09:00:00Z")]
    [TestCase("Mon, 32 Mar 2026 09:00:00 GMT")]
    [TestCase("Tue, 02 Mar 2026 09:00:00 GMT", Description = "It was a Monday.")]
    public void DateAbsentOrMalformed_Ignored(string? date)
    {
        _clock.Observe("Mon, 02 Mar 2026 10:00:00 GMT", Noon, Noon);
        var before = _clock.Offset;
        _clock.Observe(date, Noon, Noon);
        Assert.That(_clock.Offset, Is.EqualTo(before));

        var fresh = new ServerClock(() => _local);
        fresh.Observe(date, Noon, Noon);
        Assert.That(fresh.IsMeasured, Is.False);
    }

    [Test]
    public void ReplyBeforeItsCall_Ignored()
    {
        _clock.Observe("Mon, 02 Mar 2026 09:00:00 GMT", Noon, Noon.AddHours(-1));
        Assert.That(_clock.IsMeasured, Is.False);
    }

    [Test]
    public void DifferenceWithinTheUncertainty_OffsetStays()
    {
        _clock.Observe("Mon, 02 Mar 2026 12:00:10 GMT", Noon, Noon);
        var before = _clock.Offset;

        _clock.Observe("Mon, 02 Mar 2026 12:00:11 GMT", Noon, Noon);
        _clock.Observe("Mon, 02 Mar 2026 12:00:15 GMT", Noon, Noon.AddSeconds(6));
        Assert.That(_clock.Offset, Is.EqualTo(before));

        _clock.Observe("Mon, 02 Mar 2026 12:00:12 GMT", Noon, Noon);
        Assert.That(_clock.Offset, Is.EqualTo(before + TimeSpan.FromSeconds(2)));
    }

    [Test]
    public void LocalClockRightToTheSecond_OffsetStaysZero()
    {
        _clock.Observe("Mon, 02 Mar 2026 12:00:00 GMT", Noon.AddMilliseconds(30), Noon.AddMilliseconds(90));
        Assert.That(_clock.Offset, Is.EqualTo(TimeSpan.Zero));
        Assert.That(_clock.IsMeasured, Is.True);
    }

    [Test]
    public void LocalClockSetWhileRunning_NewestMeasurementWins()
    {
        _clock.Observe("Mon, 02 Mar 2026 12:00:00 GMT", Noon, Noon);
        _local = Noon.AddHours(5);
        _clock.Observe("Mon, 02 Mar 2026 12:01:00 GMT", _local, _local);
        Assert.That(_clock.UnixMilliseconds(), Is.EqualTo(Noon.AddMinutes(1).ToUnixTimeMilliseconds() + 500));
    }

    [Test]
    public void LocalClockSetDuringAnExchange_OneMoreExchangeIsEnough()
    {
        _clock.Observe("Mon, 02 Mar 2026 12:00:00 GMT", Noon, Noon.AddHours(2));
        _local = Noon.AddHours(2);
        _clock.Observe("Mon, 02 Mar 2026 12:00:01 GMT", _local, _local);
        Assert.That(_clock.UnixMilliseconds(), Is.EqualTo(Noon.AddSeconds(1.5).ToUnixTimeMilliseconds()));
    }

    [Test, Fuzz]
    public void AnyOffsetAndLatency_WithinTheUncertaintyAndWithoutJitter()
    {
        var exchange = from up in Gen.Choose(0, 2_000) from down in Gen.Choose(0, 2_000) from gap in Gen.Choose(0, 10_000) select (up, down, gap);
        var cases = from error in Gen.Choose(int.MinValue, int.MaxValue) from exchanges in exchange.NonEmptyListOf() select (error, exchanges);

        FsCheck.Fluent.Prop.ForAll(cases.ToArbitrary(), static c =>
        {
            var server = Noon;
            DateTimeOffset Local() => server.AddMilliseconds(c.error);
            var clock = new ServerClock(Local);
            TimeSpan? first = null;
            foreach (var (up, down, gap) in c.exchanges)
            {
                server = server.AddMilliseconds(gap);
                var sent = Local();
                server = server.AddMilliseconds(up);
                var date = server.ToString("r", CultureInfo.InvariantCulture);
                server = server.AddMilliseconds(down);
                clock.Observe(date, sent, Local());
                first ??= clock.Offset;

                var off = Math.Abs(clock.UnixMilliseconds() - server.ToUnixTimeMilliseconds());
                var moved = (clock.Offset - first.Value).Duration();
                if (off > 5_000 || moved > TimeSpan.FromSeconds(5)) return false;
            }

            return true;
        }).Explore(Runs);
    }

    [Test]
    public void MeasuredAndReadFromManyThreads_EveryReadingIsOneOfTheMeasurements()
    {
        Parallel.For(0, 20_000, i =>
        {
            _clock.Observe(i % 2 == 0 ? "Mon, 02 Mar 2026 10:00:00 GMT" : "Sun, 02 Mar 2036 10:00:00 GMT", Noon, Noon);
            var year = DateTimeOffset.FromUnixTimeMilliseconds(_clock.UnixMilliseconds()).Year;
            if (year is not (2026 or 2036)) throw new InvalidOperationException($"A torn reading: {year}.");
        });
    }
}
