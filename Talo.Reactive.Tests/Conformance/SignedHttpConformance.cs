using System;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>HTTP calls to a game that verifies requests.</summary>
[TestFixture]
public sealed class SignedHttpConformance : ConformanceTests
{
    private const string Status = """{"customStatus":""}""";

    private static readonly string Unauthorized = Shape.Message("Unauthorized");

    [Test]
    public async Task WhatNeedsNoSignature_IsAnsweredWithoutOne()
    {
        var game = Server.VerifiedGameOrIgnore();
        var linus = await Suite.IdentifyAsync(game, Unique("linus"));
        var key = ("authorization", $"Bearer {game.AccessKey}");

        Assert.That(
            (await BareCallAsync("PATCH", $"/v1/players/{linus.PlayerId}", """{"props":[]}""", key)).Status,
            Is.EqualTo(200), "a write without an alias");
        (await linus.UnsignedCallAsync("GET", "/v1/game-channels/subscriptions")).Expect(200, """{"channels":[]}""");
    }

    [Test]
    public async Task AnUnsignedWriteOfAnAlias_IsRefusedBeforeAnythingElse()
    {
        var ada = await PlayerAsync("ada", Server.VerifiedGameOrIgnore());

        (await ada.UnsignedCallAsync("PUT", "/v1/players/presence", Status)).Expect(401, Unauthorized);
        (await ada.UnsignedCallAsync("PUT", "/v1/players/presence", """{"online":5}""")).Expect(401, Unauthorized);
        (await ada.UnsignedCallAsync("POST", "/v1/nope", "{}")).Expect(401, Unauthorized);
        (await ada.UnsignedCallAsync("PUT", "/v1/players/presence", Status, ("x-talo-alias", "999999999")))
            .Expect(401, Unauthorized);
    }

    [Test]
    public async Task ASignature_IsGoodForOneCall()
    {
        var game = Server.VerifiedGameOrIgnore();
        var ada = await PlayerAsync("ada", game);
        var name = Unique("channel");
        var body = $$"""{"name":"{{name}}"}""";
        var signature = ("x-talo-signature", game.Signer!.Sign(body, Server.Now));

        var answer = await ada.UnsignedCallAsync("POST", "/v1/game-channels", body, signature);
        var channel = Own(new(answer.Int("channel.id"), name), ada);
        answer.Expect(200, ChannelShape.Answer(Shape.Channel(channel, ada, members: 1)));
        await ada.ExpectAsync(Shape.Joined(Shape.Channel(channel, ada), ada));

        (await ada.UnsignedCallAsync("POST", "/v1/game-channels", body, signature)).Expect(401, Unauthorized);
    }

    [TestCase("v1|", TestName = "ASignatureWithoutAHeader_IsRefused")]
    [TestCase("nonsense", TestName = "ASignatureWithoutItsParts_IsRefused")]
    [TestCase("v1|bm8.bm8=", TestName = "ASignatureOverNoJson_IsRefused")]
    public async Task AMalformedSignature_IsRefused(string signature)
    {
        await IsRefusedAsync((_, _) => signature);
    }

    [Test]
    public async Task ASignatureOverAnotherBody_IsRefused()
    {
        await IsRefusedAsync((signer, now) => signer.Sign(Status + " ", now));
    }

    [Test]
    public async Task ASignatureWithAnotherKey_IsRefused()
    {
        await IsRefusedAsync((signer, now) => (signer with { Key = "another key" }).Sign(Status, now));
        await IsRefusedAsync((signer, now) => (signer with { Version = "no-such-version" }).Sign(Status, now));
    }

    [TestCase(-6)]
    [TestCase(6)]
    public async Task ASignatureOfAnotherTime_IsRefused(int minutes)
    {
        await IsRefusedAsync((signer, now) => signer.Sign(Status, now.AddMinutes(minutes)));
    }

    [Test]
    public async Task ASignatureAMinuteBehindTheNewestOfItsAlias_IsRefused()
    {
        var game = Server.VerifiedGameOrIgnore();
        var linus = await Suite.IdentifyAsync(game, Unique("linus"));
        (await CallAsync(TimeSpan.FromSeconds(-61))).Expect(204);
        (await CallAsync(TimeSpan.Zero)).Expect(204);

        (await CallAsync(TimeSpan.FromSeconds(-61))).Expect(401, Unauthorized);

        // Leaving a channel that one is not a member of changes nothing.
        async Task<Answer> CallAsync(TimeSpan offset) =>
            await linus.UnsignedCallAsync(
                "POST", $"/v1/game-channels/{await ChannelAsync()}/leave", "{}",
                ("x-talo-signature", game.Signer!.Sign("{}", Server.Now + offset)));
    }

    [TestCase(null, 500, """{"message":"Something went wrong, please try again later"}""")]
    [TestCase("", 204, "")]
    [TestCase("{}", 204, "")]
    public async Task ACallWithoutContent_NeedsABodyToSign(string? body, int status, string answer)
    {
        var game = Server.VerifiedGameOrIgnore();
        var linus = await Suite.IdentifyAsync(game, Unique("linus"));

        (await linus.UnsignedCallAsync(
            "POST", $"/v1/game-channels/{await ChannelAsync()}/leave", body,
            ("x-talo-signature", game.Signer!.Sign(body ?? "", Server.Now)))).Expect(status, answer);
    }

    [Test]
    public async Task ADeletion_NeedsABodyToSign()
    {
        var game = Server.VerifiedGameOrIgnore();
        var ada = await PlayerAsync("ada", game);
        var channel = await CreateChannelAsync(ada);

        (await ada.UnsignedCallAsync("DELETE", channel.Path, null, ("x-talo-signature", game.Signer!.Sign("", Server.Now))))
            .Expect(500, Shape.Message("Something went wrong, please try again later"));
        (await ada.CallAsync("DELETE", channel.Path)).Expect(204);

        channel.Owner = null;
        await ada.ExpectAsync(ChannelShape.Deleted(Shape.Channel(channel, ada)));
    }

    private async Task<int> ChannelAsync() =>
        (await CreateChannelAsync(await PlayerAsync("ada", Server.VerifiedGameOrIgnore()))).Id;

    private static async Task IsRefusedAsync(Func<RequestSigner, DateTimeOffset, string> sign)
    {
        var game = Server.VerifiedGameOrIgnore();
        var ada = await PlayerAsync("ada", game);

        (await ada.UnsignedCallAsync("PUT", "/v1/players/presence", Status, ("x-talo-signature", sign(game.Signer!, Server.Now))))
            .Expect(401, Unauthorized);
    }
}
