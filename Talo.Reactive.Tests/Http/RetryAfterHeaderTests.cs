using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Talo.Reactive.Http;

namespace Talo.Reactive.Tests.Http;

public sealed class RetryAfterHeaderTests
{
    private static readonly Config Runs = Exploration.Runs.WithMaxTest(2000);
    private static readonly DateTimeOffset Local = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    private static double? Seconds(int status, DateTimeOffset now, params (string Name, string Value)[] headers) => RetryAfter.Of(
        new HttpReply(status, headers.Select(static x => KeyValuePair.Create(x.Name, x.Value)).ToList(), default), now)?.TotalSeconds;

    private static string Http(DateTimeOffset time) => time.ToString("r", CultureInfo.InvariantCulture);

    [TestCase("0", 0)]
    [TestCase("1", 1)]
    [TestCase(" 60 ", 60)]
    [TestCase("007", 7)]
    [TestCase("600", 600)]
    [TestCase("601", 600)]
    [TestCase("2147483647", 600)]
    [TestCase("9223372036854775808", 600)]
    [TestCase("123456789012345678901234567890", 600)]
    public void Seconds_AreTaken_UpToTenMinutes(string value, double expected) =>
        Assert.That(Seconds(503, Local, ("Retry-After", value)), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("   ")]
    [TestCase("-1")]
    [TestCase("+5")]
    [TestCase("1.5")]
    [TestCase("1e3")]
    [TestCase("0x10")]
    [TestCase("soon")]
    [TestCase("60, 120")]
    [TestCase("60 s")]
    [TestCase("٦٠")]
    [TestCase("Sat, 28 Nov 2026")]
    [TestCase("Mon, 28 Nov 2026 12:01:00 GMT")]
    [TestCase("Sat, 31 Nov 2026 12:01:00 GMT")]
    [TestCase("Sat, 28 Nov 10000 12:01:00 GMT")]
    public void Garbage_IsAMinute(string value)
    {
        Assert.That(Seconds(429, Local, ("Retry-After", value)), Is.EqualTo(60));
        Assert.That(Seconds(503, Local, ("Retry-After", value)), Is.EqualTo(60));
    }

    [Test]
    public void None_IsAMinuteAfterA429_AndNothingElse()
    {
        Assert.That(Seconds(429, Local), Is.EqualTo(60));
        Assert.That(Seconds(503, Local), Is.Null);
        Assert.That(Seconds(200, Local, ("x-retry-after", "5")), Is.Null);
    }

    [TestCase("Sat, 28 Nov 2026 12:02:00 GMT", 120)]
    [TestCase("Saturday, 28-Nov-26 12:02:00 GMT", 120)]
    [TestCase("Sat Nov 28 12:02:00 2026", 120)]
    [TestCase("Sat, 28 Nov 2026 11:02:00 GMT", 0)]
    [TestCase("Mon, 01 Jan 0001 00:00:00 GMT", 0)]
    [TestCase("Fri, 31 Dec 9999 23:59:59 GMT", 600)]
    public void Date_IsRelativeToTheLocalClock_WhereTheServerTellsNoTime(string value, double expected) =>
        Assert.That(Seconds(503, Local, ("retry-after", value)), Is.EqualTo(expected));

    [TestCase("Fri, 01 Jan 2016 00:00:00 GMT", "Fri, 01 Jan 2016 00:03:00 GMT", 180)]
    [TestCase("Fri, 31 Dec 9999 23:59:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", 59)]
    [TestCase("Mon, 01 Jan 0001 00:00:00 GMT", "Mon, 01 Jan 0001 00:00:09 GMT", 9)]
    [TestCase("Mon, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", 600)]
    [TestCase("Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", 0)]
    [TestCase("no time", "Sat, 28 Nov 2026 12:00:30 GMT", 30)]
    public void Date_IsRelativeToTheServersClock(string date, string value, double expected) =>
        Assert.That(Seconds(503, Local, ("date", date), ("retry-after", value)), Is.EqualTo(expected));

    [Test]
    public void SeveralHeaders_TheLongestThatCanBeReadCounts()
    {
        Assert.That(Seconds(429, Local, ("Retry-After", "5"), ("retry-after", "30"), ("RETRY-AFTER", "junk")), Is.EqualTo(30));
        Assert.That(Seconds(429, Local, ("retry-after", "junk"), ("retry-after", "-")), Is.EqualTo(60));
        Assert.That(Seconds(429, Local, ("retry-after", "5"), ("retry-after", Http(Local.AddSeconds(90)))), Is.EqualTo(90));
    }

    [Test, Fuzz]
    public void AnyHeaders_AtAnyTime_AreAWaitWithinTheBound()
    {
        var dates = Gen.Choose(0, int.MaxValue).Select(static x => new DateTimeOffset((long)(x / (double)int.MaxValue * (DateTime.MaxValue.Ticks - 1)), TimeSpan.Zero));
        var values = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string?>(),
            ArbMap.Default.GeneratorFor<long>().Select(static x => (string?)x.ToString(CultureInfo.InvariantCulture)),
            dates.Select(static x => (string?)Http(x)));
        var cases = from now in dates
                    from date in values
                    from asked in values.ArrayOf()
                    from status in Gen.Elements(408, 429, 500, 503)
                    select (now, date, asked, status);
        FsCheck.Fluent.Prop.ForAll(cases.ToArbitrary(), static c =>
        {
            var wait = Seconds(c.status, c.now, [("date", c.date!), .. c.asked.Select(static x => ("retry-after", x!))]);
            return wait is null ? c.asked.Length == 0 && c.status != 429 : wait is >= 0 and <= 600;
        }).Explore(Runs);
    }
}
