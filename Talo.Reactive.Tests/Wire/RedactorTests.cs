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
