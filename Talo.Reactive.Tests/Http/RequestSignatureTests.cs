using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Talo.Reactive.Http;

namespace Talo.Reactive.Tests.Http;

public sealed class RequestSignatureTests
{
    private static readonly Config Runs = Exploration.Runs.WithMaxTest(300);

    [Test]
    public void KnownKeyAndPayload_TheSignatureThatAServerAccepts()
    {
        var payload = Encoding.UTF8.GetBytes("""{"req":"v1.channels.message","data":{"channel":{"id":41},"message":"ahoy"}}""");
        Assert.That(
            RequestSignature.Create("1", "s3cret-value", "r-0001", 1772475611000, payload),
            Is.EqualTo(
                "1|eyJyaWQiOiJyLTAwMDEiLCJwYXlsb2FkIjoiMzcxMmIzMWEzYTY4MjRkNGRjYTA4YWQ3ZTY2YTUzMWM2ODk0NjkyYTAzM2U0YTM1MTE4NDExN2"
                + "Q1Yjk3ZWFiYyIsInRpbWVzdGFtcCI6MTc3MjQ3NTYxMTAwMH0=.a+kOHvBEUerctIbwfXqltKza65vmkQUi3trq+Uq58Yw="));
    }

    [Test]
    public void NoBody_HashOfNothing()
    {
        var head = HeadOf(RequestSignature.Create("1", "key", "r", 0, default));
        Assert.That(
            head,
            Is.EqualTo("""{"rid":"r","payload":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","timestamp":0}"""));
    }

    [Test, Fuzz]
    public void AnyKeyAndPayload_VerifiesAsTheServerDoes()
    {
        var text = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(static s => s.Get);
        var cases =
            from key in text
            from rid in Gen.OneOf(text.Where(IsWellFormed), Gen.Fresh(RequestSignature.NewRid))
            from milliseconds in ArbMap.Default.GeneratorFor<long>()
            from payload in ArbMap.Default.GeneratorFor<byte[]>()
            select (key, rid, milliseconds, payload);

        FsCheck.Fluent.Prop.ForAll(cases.ToArbitrary(), static c =>
        {
            var signature = RequestSignature.Create("v2", c.key, c.rid, c.milliseconds, c.payload);
            using var head = JsonDocument.Parse(HeadOf(signature));
            var members = head.RootElement.EnumerateObject().Select(static m => m.Name).ToArray();
            var signed = signature["v2|".Length..signature.IndexOf('.', StringComparison.Ordinal)];
            var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(c.key), Encoding.UTF8.GetBytes(signed));
            return members.SequenceEqual(new[] { "rid", "payload", "timestamp" })
                && head.RootElement.GetProperty("rid").GetString() == c.rid
                && head.RootElement.GetProperty("payload").GetString() == Convert.ToHexStringLower(SHA256.HashData(c.payload))
                && head.RootElement.GetProperty("timestamp").GetInt64() == c.milliseconds
                && signature.EndsWith("." + Convert.ToBase64String(mac), StringComparison.Ordinal);
        }).Explore(Runs);
    }

    [Test]
    public void NewRid_ManyOfThem_SixteenHexDigitsAndNoneTwice()
    {
        var rids = Enumerable.Range(0, 10_000).Select(static _ => RequestSignature.NewRid()).ToArray();
        Assert.That(rids, Is.Unique);
        Assert.That(rids, Has.All.Match("^[0-9a-f]{16}$"));
    }

    private static string HeadOf(string signature)
    {
        var bar = signature.IndexOf('|', StringComparison.Ordinal);
        var dot = signature.IndexOf('.', bar);
        return Encoding.UTF8.GetString(Convert.FromBase64String(signature[(bar + 1)..dot]));
    }

    private static bool IsWellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
}
