using System;
using System.Globalization;
using NUnit.Framework;

namespace Talo.Reactive.Tests.LiveConfigs;

public sealed class LiveConfigValueTests
{
    private static readonly LiveConfig Config = new()
    {
        Props =
        [
            new Prop("xpRate", "1.5"), new Prop("maxLevel", "80"), new Prop("pvp", "True"), new Prop("one", "1"), new Prop("big", "9000000000"),
            new Prop("motd", "ahoy"), new Prop("empty", ""), new Prop("maps[]", "harbour"), new Prop("maps[]", "cave"),
        ],
    };

    [Test]
    public void EachType_IsReadTheSameInEveryCountry()
    {
        using var _ = new DecimalComma();
        Assert.That(double.Parse("1,5", NumberStyles.Float, null), Is.EqualTo(1.5), "the culture is in force");
        Assert.That(Config.Get("xpRate", 0.0), Is.EqualTo(1.5));
        Assert.That(Config.Get("xpRate", 0f), Is.EqualTo(1.5f));
        Assert.That(Config.Get("xpRate", 0m), Is.EqualTo(1.5m));
        Assert.That(Config.Get("maxLevel", 0), Is.EqualTo(80));
        Assert.That(Config.Get("big", 0L), Is.EqualTo(9_000_000_000));
        Assert.That(Config.Get("pvp", false), Is.True);
        Assert.That(Config.Get("one", false), Is.True);
        Assert.That(Config.Get("motd", "-"), Is.EqualTo("ahoy"));
    }

    [Test]
    public void MissingOrOfAnotherType_IsTheFallback()
    {
        Assert.That(Config.Get("nothing", 7), Is.EqualTo(7));
        Assert.That(Config.Get("xpRate", 7), Is.EqualTo(7));
        Assert.That(Config.Get("big", 7), Is.EqualTo(7));
        Assert.That(Config.Get("motd", true), Is.True);
        Assert.That(Config.Get("empty", 2.5), Is.EqualTo(2.5));
        Assert.That(Config.Get("empty", "-"), Is.Empty);
        Assert.That(Config.Get("XPRATE", 2.5), Is.EqualTo(2.5), "keys are exact");
    }

    [Test]
    public void ATypeThatAConfigIsNotReadAs_IsSaidAlsoWhereTheKeyIsMissing()
    {
        Assert.That(() => Config.Get("motd", Guid.Empty), Throws.TypeOf<NotSupportedException>().With.Message.Contains("Get<string>"));
        Assert.That(() => Config.Get("nothing", Guid.Empty), Throws.TypeOf<NotSupportedException>());
    }

    [Test]
    public void ArrayKey_HasAllItsValues_WithAndWithoutBrackets()
    {
        Assert.That(Config.GetArray("maps"), Is.EqualTo(new[] { "harbour", "cave" }));
        Assert.That(Config.GetArray("maps[]"), Is.EqualTo(new[] { "harbour", "cave" }));
        Assert.That(Config.GetArray("motd"), Is.Empty);
        Assert.That(Config["maps[]"], Is.EqualTo("harbour"));
    }

    [Test]
    public void BlankKey_IsRefused()
    {
        Assert.That(() => Config.Get("", 1), Throws.ArgumentException);
        Assert.That(() => Config.GetArray(null!), Throws.ArgumentException);
    }

    private sealed class DecimalComma : IDisposable
    {
        private readonly CultureInfo _before = CultureInfo.CurrentCulture;

        internal DecimalComma()
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NumberGroupSeparator = ".";
            CultureInfo.CurrentCulture = culture;
        }

        public void Dispose() => CultureInfo.CurrentCulture = _before;
    }
}
