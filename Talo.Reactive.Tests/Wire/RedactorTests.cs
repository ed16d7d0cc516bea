using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using Newtonsoft.Json;
using NUnit.Framework;
using Talo.Reactive.Wire;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Talo.Reactive.Tests.Wire;

public sealed class RedactorTests
{
    private static readonly Config Runs = Exploration.Runs.WithMaxTest(500);
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Func<string, string>[] JsonWriters =
    {
        static s => JsonSerializer.Serialize(s)[1..^1],
        static s => JsonSerializer.Serialize(s, Relaxed)[1..^1],
        static s => JsonConvert.ToString(s)[1..^1],
    };

    private static readonly Func<string, string>[] AddressWriters =
    {
        Uri.EscapeDataString,
        static s => Uri.EscapeDataString(s).Replace("%20", "+", StringComparison.Ordinal),
        static s => WebUtility.UrlEncode(s),
    };

    private static readonly Func<string, string>[] Writers =
        new Func<string, string>[] { static s => s }
            .Concat(JsonWriters).Concat(AddressWriters)
            .Concat(Each(JsonWriters, JsonWriters)).Concat(Each(AddressWriters, JsonWriters)).Concat(Each(JsonWriters, AddressWriters))
            .ToArray();

    private Redactor _redactor = null!;

    [SetUp]
    public void NoSecrets() => _redactor = new();

    [TestCase("the token is s3cret-1.", "the token is ***.")]
    [TestCase("s3cret-1", "***")]
    [TestCase("s3cret-1s3cret-1 s3cret-1", "****** ***")]
    [TestCase("s3cret- 1s3cret", "s3cret- 1s3cret")]
    [TestCase("S3CRET-1", "S3CRET-1")]
    [TestCase("", "")]
    [TestCase("s3c", "s3c")]
    public void Text_EveryOccurrenceReplaced(string text, string expected)
    {
        _redactor.Add("s3cret-1");
        Assert.That(_redactor.Redact(text), Is.EqualTo(expected));
    }

    [TestCase("""{"t":"a\"b\\c/d+é"}""", Description = "Minimal")]
    [TestCase("""{"t":"a\u0022b\\c/d\u002B\u00E9"}""", Description = "The default of System.Text.Json")]
    [TestCase("""{"t":"{\"t\":\"a\\\"b\\\\c/d+é\"}"}""", Description = "Minimal in minimal")]
    [TestCase("""{"t":"{\u0022t\u0022:\u0022a\\u0022b\\\\c/d\\u002B\\u00E9\u0022}"}""", Description = "Default in default")]
    [TestCase("/?ticket=a%22b%5Cc%2Fd%2B%C3%A9&x=1")]
    [TestCase("/?ticket=a%22b%5cc%2fd%2b%c3%a9&x=1")]
    public void SpelledAsJsonOrAddress_Replaced(string text)
    {
        _redactor.Add("""a"b\c/d+é""");
        var redacted = _redactor.Redact(text);
        Assert.That(redacted, Does.Contain("***"));
        Assert.That(redacted, Does.Not.Contain("c/d").And.Not.Contain("d+").And.Not.Contain("2Fd").And.Not.Contain("2fd"));
    }

    [Test]
    public void SpaceAsPlus_Replaced()
    {
        _redactor.Add("open sesame");
        Assert.That(_redactor.Redact("?q=open+sesame&r=open%20sesame"), Is.EqualTo("?q=***&r=***"));
    }

    [Test]
    public void OneSecretInsideAnother_LongestFirst()
    {
        _redactor.Add("token");
        _redactor.Add("token-7");
        _redactor.Add("my-token-7");
        Assert.That(_redactor.Redact("my-token-7 token-7 token"), Is.EqualTo("*** *** ***"));
    }

    [Test]
    public void SecretsThatOverlap_NothingOfEitherIsLeft()
    {
        _redactor.Add("abcdef");
        _redactor.Add("defghi");
        _redactor.Add("ghijkl");
        Assert.That(_redactor.Redact("<abcdefghijkl>"), Is.EqualTo("<***>"));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("abc")]
    public void ShortOrNone_Ignored(string? secret)
    {
        _redactor.Add(secret);
        _redactor.Add(secret, pinned: true);
        _redactor.AddShortLived(secret);
        Assert.That(_redactor.Redact("abcabc"), Is.EqualTo("abcabc"));
    }

    [Test]
    public void MoreThanAreKept_OldestForgottenAndPinnedNever()
    {
        _redactor.Add("pinned-key", pinned: true);
        for (var i = 0; i <= Redactor.MaxLongLived; i++) _redactor.Add($"<long-{i}>");
        for (var i = 0; i <= Redactor.MaxShortLived; i++) _redactor.AddShortLived($"<short-{i}>");

        Assert.That(
            _redactor.Redact($"pinned-key <long-0> <long-1> <long-{Redactor.MaxLongLived}> <short-0> <short-1> <short-64>"),
            Is.EqualTo("*** <long-0> *** *** <short-0> *** ***"));
    }

    [Test]
    public void AddedAgain_CountsAsNew()
    {
        for (var i = 0; i < Redactor.MaxShortLived; i++) _redactor.AddShortLived($"<short-{i}>");
        _redactor.AddShortLived("<short-0>");
        _redactor.AddShortLived("<one more>");
        Assert.That(_redactor.Redact("<short-0> <short-1>"), Is.EqualTo("*** <short-1>"));
    }

    [Test]
    public void ShortLivedThatIsAlsoLongLived_OutlivesTheTickets()
    {
        _redactor.AddShortLived("<first short>");
        _redactor.Add("<first short>");
        _redactor.Add("<first long>");
        _redactor.AddShortLived("<first long>");
        _redactor.Add("<pinned>", pinned: true);
        _redactor.AddShortLived("<pinned>");
        for (var i = 0; i < 2 * Redactor.MaxShortLived; i++) _redactor.AddShortLived($"<short-{i}>");
        Assert.That(_redactor.Redact("<first short> <first long> <pinned>"), Is.EqualTo("*** *** ***"));
    }

    [Test]
    public void PinnedLater_NoLongerForgotten()
    {
        _redactor.Add("<key>");
        _redactor.Add("<key>", pinned: true);
        for (var i = 0; i <= Redactor.MaxLongLived; i++) _redactor.Add($"<long-{i}>");
        Assert.That(_redactor.Redact("<key>"), Is.EqualTo("***"));
    }

    [Test]
    public void NothingToHide_SameInstanceAndNoAllocation()
    {
        for (var i = 0; i < 300; i++) _redactor.Add(Guid.NewGuid().ToString());
        var text = string.Concat(Enumerable.Repeat("""{"res":"v1.channels.message","data":{"message":"ahoy"}}""", 20));
        Assert.That(_redactor.Redact(text), Is.SameAs(text));

        var before = GC.GetAllocatedBytesForCurrentThread();
        _redactor.Redact(text);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void AddedAndReadFromManyThreads_WhatWasAddedIsHidden()
    {
        _redactor.Add("<pinned>", pinned: true);
        Parallel.For(0, 400, i =>
        {
            _redactor.Add($"<long-{i}>");
            var redacted = _redactor.Redact($"<pinned> <long-{i}>");
            if (redacted != "*** ***") throw new InvalidOperationException(redacted);
        });
    }

    [Test]
    public void SecretsThatFillTheBook_OldestForgotten_ByTheirLength()
    {
        var lengthy = new string('x', 8000);
        _redactor.Add("pinned-key", pinned: true);
        for (var i = 0; i < 2 * Redactor.MaxLongLivedCharacters / lengthy.Length; i++) _redactor.Add($"<{i}>{lengthy}");
        Assert.That(_redactor.Redact("pinned-key"), Is.EqualTo("***"));
        Assert.That(_redactor.Redact($"<0>{lengthy}"), Does.StartWith("<0>"));
        Assert.That(_redactor.Redact($"<15>{lengthy}"), Is.EqualTo("***"));
    }

    [Test]
    public void LongSecrets_TakeNoMoreMemoryThanAFewTimesTheirBound()
    {
        var tickets = Enumerable.Range(0, 64).Select(static i => $"{i:0000}{new string('"', 8000)}").ToArray();
        var tokens = Enumerable.Range(0, 64).Select(static i => $"{i:0000}{new string('\\', 8000)}").ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var ticket in tickets) _redactor.AddShortLived(ticket);
        foreach (var token in tokens) _redactor.Add(token);
        _redactor.Redact("begin");
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(64 * (Redactor.MaxLongLivedCharacters + Redactor.MaxShortLivedCharacters)));
    }

    [Test]
    public void ManyNewSecrets_CostNothingUntilATextIsLookedAt()
    {
        var secrets = Enumerable.Range(0, 20_000).Select(static i => $"secret-number-{i}").ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var secret in secrets) _redactor.Add(secret);
        Assert.That((GC.GetAllocatedBytesForCurrentThread() - before) / secrets.Length, Is.LessThan(200));
        Assert.That(_redactor.Redact(secrets[^1]), Is.EqualTo("***"));
    }

    [TestCase("a", "a")]
    [TestCase("\\u0061", "a")]
    [TestCase("%61", "a")]
    [TestCase("\\\\u0061", "a")]
    [TestCase("ab", "ba")]
    [TestCase("\\\\", "a")]
    public void TextMadeToBeSlow_IsLookedThroughInTimeLinearInIt(string piece, string inSecret)
    {
        for (var i = 0; i < 60; i++) _redactor.Add(string.Concat(Enumerable.Repeat(inSecret, 8000 / inSecret.Length)) + i);
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)) + "!";
        _redactor.Redact("begin");

        var clock = System.Diagnostics.Stopwatch.StartNew();
        _redactor.Redact(text);
        // It takes some tenths of a second on a busy machine. Where each place cost the length of each secret, it did not end within this.
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    [TestCase("\\u0073\\u0033cret-1")]
    [TestCase("s3cr\\u0065t-1")]
    [TestCase("\\u00733cret\\u002D1")]
    [TestCase("{\\\"t\\\":\\\"\\\\u0073\\u0033cret-1\\\"}")]
    [TestCase("%733cret%2D1")]
    [TestCase("%73\\u0033cret-1")]
    [TestCase("\\u002573\\u0033cret-1")]
    [TestCase("%5Cu0073%5cu0033cret-1")]
    public void AnyMixOfEscapes_Replaced(string text)
    {
        _redactor.Add("s3cret-1");
        Assert.That(_redactor.Redact($"<{text}>"), Does.Match(@"^<.*\*\*\*.*>$").And.Not.Contain("cr"));
    }

    [Test, Fuzz]
    public void AnySecret_AnyOfItsCharactersEscaped_NeverComesOut()
    {
        var cases =
            from secret in Gen.Choose('!', '~').Where(static c => c != '*').Select(static c => (char)c).ArrayOf(12).Select(static x => new string(x))
            from ways in Gen.Choose(0, 3).ArrayOf(12)
            from around in Gen.Elements("", "a", "\"", "{}", "<=>")
            select (secret, ways, around);
        FsCheck.Fluent.Prop.ForAll(cases.ToArbitrary(), static c =>
        {
            var redactor = new Redactor();
            redactor.Add(c.secret);
            var json = string.Concat(c.secret.Select((x, i) => c.ways[i] switch
            {
                0 => $"\\u{(int)x:x4}",
                1 => $"\\u{(int)x:X4}",
                2 when x is '"' or '\\' or '/' => $"\\{x}",
                _ => x is '"' or '\\' ? $"\\u{(int)x:x4}" : x.ToString(),
            }));
            var address = string.Concat(c.secret.Select((x, i) => c.ways[i] < 2 || x == '%' ? $"%{(int)x:X2}" : x.ToString()));
            return new[] { json, address, JsonConvert.ToString(json)[1..^1] }
                .All(text => redactor.Redact(c.around + text + c.around) == $"{c.around}***{c.around}");
        }).Explore(Runs);
    }

    [Test, Fuzz]
    public void AnySecretAnywhere_NeverComesOut()
    {
        var piece = Gen.Frequency(
            (6, Gen.Choose('!', '~').Where(static c => c != '*').Select(static c => ((char)c).ToString())),
            (2, Gen.Elements("a", "n", "u", "0", "2")),
            (3, Gen.Elements("\"", "\\", "/", "+", " ", "%", "&", "<", "'", "=")),
            (2, Gen.Elements("é", "ß", "日", "😀", "\u2028", "\u0085", "\u007f", "\n", "\r", "\t", "\b", "\f", "\u001f", "\0")));
        Gen<string> Text(int min, int max) =>
            from length in Gen.Choose(min, max) from pieces in piece.ArrayOf(length) select string.Concat(pieces);
        var cases =
            from secrets in Text(Redactor.MinLength, 20).ArrayOf(3)
            from before in Text(0, 6)
            from after in Text(0, 6)
            select (secrets, before, after);

        FsCheck.Fluent.Prop.ForAll(cases.ToArbitrary(), static c =>
        {
            var redactor = new Redactor();
            foreach (var secret in c.secrets) redactor.Add(secret);
            return c.secrets.All(secret => Writers.All(write =>
            {
                var spelling = write(secret);
                var redacted = redactor.Redact(write(c.before + secret + c.after));
                return redacted.Contains("***", StringComparison.Ordinal)
                    && !redacted.Contains(spelling, StringComparison.Ordinal)
                    && !redacted.Contains(secret, StringComparison.Ordinal);
            }));
        }).Explore(Runs);
    }

    private static IEnumerable<Func<string, string>> Each(
        IEnumerable<Func<string, string>> inner, IEnumerable<Func<string, string>> outer) =>
        from first in inner from then in outer select (Func<string, string>)(s => then(first(s)));
}
