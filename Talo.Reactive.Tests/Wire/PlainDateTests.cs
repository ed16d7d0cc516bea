using System;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Tests.Wire;

public sealed class PlainDateTests
{
    private const string Layout = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private static readonly Config Runs = Exploration.Runs.WithMaxTest(3000);

    private static readonly Gen<DateTime> Times =
        from day in Gen.Choose(0, (int)(DateTime.MaxValue - DateTime.MinValue).TotalDays)
        from millisecond in Gen.Choose(0, (24 * 60 * 60 * 1000) - 1)
        select DateTime.SpecifyKind(DateTime.MinValue.AddDays(day).AddMilliseconds(millisecond), DateTimeKind.Utc);

    [Test, Fuzz]
    public void AnyTimeOfTheServer_IsRead() => FsCheck.Fluent.Prop.ForAll(Times.ToArbitrary(), static time =>
        TryRead(time.ToString(Layout, CultureInfo.InvariantCulture), out var read)
        && read == new DateTimeOffset(time)
        && read.Offset == TimeSpan.Zero).Explore(Runs);

    [Test, Fuzz]
    public void AnyTextNearlyLikeIt_ReadsAsTheReaderOfTheFrameworkReadsIt_OrNotAtAll()
    {
        var texts =
            from time in Times
            from at in Gen.Choose(0, Layout.Replace("'", "", StringComparison.Ordinal).Length - 1)
            from character in Gen.Elements("0123456789-:.TZtz+ /".ToCharArray())
            select Replaced(time.ToString(Layout, CultureInfo.InvariantCulture), at, character);

        FsCheck.Fluent.Prop.ForAll(texts.ToArbitrary(), static text =>
        {
            if (!TryRead(text, out var read)) return true;
            return TryReadByFramework(text, out var expected) && read == expected;
        }).Explore(Runs);
    }

    [TestCase("2026-02-28T23:59:59.999Z", true)]
    [TestCase("2028-02-29T00:00:00.000Z", true)]
    [TestCase("0001-01-01T00:00:00.000Z", true)]
    [TestCase("9999-12-31T23:59:59.999Z", true)]
    [TestCase("2026-02-29T00:00:00.000Z", false)]
    [TestCase("2026-00-10T00:00:00.000Z", false)]
    [TestCase("2026-13-10T00:00:00.000Z", false)]
    [TestCase("2026-01-00T00:00:00.000Z", false)]
    [TestCase("0000-01-01T00:00:00.000Z", false)]
    [TestCase("2026-01-01T24:00:00.000Z", false)]
    [TestCase("2026-01-01T00:60:00.000Z", false)]
    [TestCase("2026-01-01T00:00:60.000Z", false)]
    [TestCase("2026-01-01T00:00:00.000", false)]
    [TestCase("2026-01-01T00:00:00.000+", false)]
    [TestCase("2026-01-01 00:00:00.000Z", false)]
    [TestCase("2026-01-01T00:00:00Z", false)]
    [TestCase("", false)]
    public void Text_IsReadOrLeftToTheSlowWay(string text, bool isRead)
    {
        Assert.That(TryRead(text, out var time), Is.EqualTo(isRead));
        if (isRead) Assert.That(time.UtcDateTime.ToString(Layout, CultureInfo.InvariantCulture), Is.EqualTo(text));
    }

    private static bool TryRead(string text, out DateTimeOffset time) => PlainDate.TryRead(Encoding.UTF8.GetBytes(text), out time);

    private static bool TryReadByFramework(string text, out DateTimeOffset time)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"\"{text}\""));
        reader.Read();
        return reader.TryGetDateTimeOffset(out time);
    }

    private static string Replaced(string text, int at, char character) => $"{text[..at]}{character}{text[(at + 1)..]}";
}
