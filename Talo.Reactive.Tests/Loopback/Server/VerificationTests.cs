using System;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using NUnit.Framework;
using static Talo.Reactive.Tests.Loopback.Server.Expected;

namespace Talo.Reactive.Tests.Loopback.Server;

[TestFixture]
public sealed class VerificationTests
{
    private const string KeyValue = "s3cret-value";
    private const string VectorFrame =
        "1|eyJyaWQiOiJyLTAwMDEiLCJwYXlsb2FkIjoiMzcxMmIzMWEzYTY4MjRkNGRjYTA4YWQ3ZTY2YTUzMWM2ODk0NjkyYTAzM2U0YTM1MTE4NDExN2Q1Yjk3ZWFiYyIsInRpbWVzdGFtcCI6MTc3MjQ3NTYxMTAwMH0=.a+kOHvBEUerctIbwfXqltKza65vmkQUi3trq+Uq58Yw=\n"
        + """{"req":"v1.channels.message","data":{"channel":{"id":41},"message":"ahoy"}}""";

    private static readonly string Invalid = Error("v1.channels.message", "Invalid signature", "INVALID_SIGNATURE");

    [Test]
    public async Task TestVector_IsAcceptedOnceAndItsReplayIsNot()
    {
        await using var probe = await Probe.StartAsync();
        probe.Talo.EnableVerification("1", KeyValue);
        var ada = await probe.ConnectAsAsync("ada");

        await ada.SendAsync(VectorFrame);
        Assert.That(await ada.NextAsync(), Does.Contain("Channel not found"), "past the signature");
        await ada.SendAsync(VectorFrame);
        Assert.That(await ada.NextAsync(), Is.EqualTo(Invalid));
    }

    [Test]
    public async Task AKeyThatWasAdded_SignsBesideTheOthers()
    {
        await using var probe = await Probe.StartAsync();
        probe.Talo.EnableVerification("0", "another");
        probe.Talo.Game.AddVerificationKey("1", KeyValue);
        var ada = await probe.ConnectAsAsync("ada");

        await ada.SendAsync(VectorFrame);
        Assert.That(await ada.NextAsync(), Does.Contain("Channel not found"), "past the signature");
    }

    [Test]
    public async Task AKeyThatWasRemoved_SignsNothingAnyMore()
    {
        await using var probe = await Probe.StartAsync();
        probe.Talo.EnableVerification("1", KeyValue);
        probe.Talo.Game.AddVerificationKey("0", "another");
        var ada = await probe.ConnectAsAsync("ada");
        probe.Talo.Game.RemoveVerificationKey("1");

        await ada.SendAsync(VectorFrame);
        Assert.That(await ada.NextAsync(), Is.EqualTo(Invalid));
    }

    [Test]
    public async Task UnsignedFrames_AreCheckedInTalosOrder()
    {
        await using var probe = await Probe.StartAsync();
        probe.Talo.EnableVerification("1", KeyValue);
        var ada = await probe.ConnectAsAsync("ada");

        await ada.SendAsync(Message(1, "unsigned"));
        Assert.That(await ada.NextAsync(), Is.EqualTo(Invalid));
        await ada.SendAsync("""{"req":"v1.nope","data":{}}""");
        Assert.That(await ada.NextAsync(), Does.Contain("INVALID_MESSAGE"));
        await ada.SendAsync("{\"req\":\"v1.channels.message\",\n\"data\":{}}");
        Assert.That(await ada.NextAsync(), Does.Contain("ROUTING_ERROR"));
        await ada.SendAsync(Signature("v1.heartbeat") + "\nv1.heartbeat");
        Assert.That(await ada.NextAsync(), Does.Contain("ROUTING_ERROR"));
        Assert.That(await ada.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
    }

    [Test]
    public async Task FirstIdentify_NeedsNoSignatureAndASecondDoes()
    {
        await using var probe = await Probe.StartAsync();
        probe.Talo.EnableVerification("1", KeyValue);
        var (alias, _, token) = await probe.IdentifyAsync("ada");
        var socket = await probe.ConnectAsync();
        var identify = Identify(alias, token);

        await socket.SendAsync("whatever\n" + identify);
        await socket.NextAsync();
        Assert.That(await socket.NextAsync(), Does.Contain("v1.players.identify.success"));
        await socket.SendAsync(identify);
        Assert.That(await socket.NextAsync(), Is.EqualTo(Error("v1.players.identify", "Invalid signature", "INVALID_SIGNATURE")));
        await socket.SendAsync($"{Signature(identify)}\n{identify}");
        Assert.That(await socket.NextAsync(), Does.Contain("v1.players.presence.updated"));
    }

    [Test]
    public async Task Http_WritesOfAnAliasAreCheckedAndNothingElse()
    {
        await using var probe = await Probe.StartAsync();
        probe.Talo.EnableVerification("1", KeyValue);
        var (alias, _, _) = await probe.IdentifyAsync("ada");
        const string body = """{"name":"signed"}""";
        var signature = ("x-talo-signature", Signature(body));

        Assert.That((await probe.CallAsync("POST", "/v1/game-channels", body, alias)).Body, Is.EqualTo("""{"message":"Unauthorized"}"""));
        Assert.That((await probe.CallAsync("POST", "/v1/nope", "{}", alias)).Status, Is.EqualTo(401));
        Assert.That((await probe.CallAsync("POST", "/v1/game-channels", body, alias, headers: signature)).Status, Is.EqualTo(200));
        Assert.That((await probe.CallAsync("POST", "/v1/game-channels", body, alias, headers: signature)).Status, Is.EqualTo(401), "a replay");
        Assert.That((await probe.CallAsync("GET", "/v1/game-channels/subscriptions", alias: alias)).Status, Is.EqualTo(200));
        Assert.That((await probe.CallAsync("POST", "/v1/socket-tickets")).Status, Is.EqualTo(200), "without an alias");
    }

    [TestCase(null, 500)]
    [TestCase("", 200)]
    [TestCase("{}", 200)]
    public async Task Http_SignedWithoutABody(string? body, int status)
    {
        await using var probe = await Probe.StartAsync();
        var ada = await probe.ConnectAsAsync("ada");
        var channel = await probe.CreateChannelAsync(ada, """{"name":"harbour"}""");
        probe.Talo.EnableVerification("1", KeyValue);

        var answer = await probe.CallAsync(
            "POST", $"/v1/game-channels/{channel}/join", body, ada.Alias, headers: ("x-talo-signature", Signature(body ?? "")));

        Assert.That(answer.Status, Is.EqualTo(status));
    }

    [TestCase("1", KeyValue, 0, "", true)]
    [TestCase("1", KeyValue, 0, " ", false, TestName = "A tampered body")]
    [TestCase("1", "other", 0, "", false, TestName = "A wrong key")]
    [TestCase("9", KeyValue, 0, "", false, TestName = "An unknown version")]
    [TestCase("1", KeyValue, -300_000, "", true, TestName = "Five minutes old")]
    [TestCase("1", KeyValue, -300_001, "", false, TestName = "Older than five minutes")]
    [TestCase("1", KeyValue, 300_000, "", true, TestName = "Five minutes ahead")]
    [TestCase("1", KeyValue, 300_001, "", false, TestName = "Further ahead than five minutes")]
    public async Task Signature_IsCheckedWhole(string version, string key, int offset, string tampering, bool isAccepted)
    {
        await using var probe = await Probe.StartAsync();
        probe.Talo.EnableVerification("1", KeyValue);
        var (alias, _, _) = await probe.IdentifyAsync("ada");
        const string body = """{"name":"x"}""";

        var answer = await probe.CallAsync("POST", "/v1/game-channels", body + tampering, alias,
            headers: ("x-talo-signature", Signature(body, version, key, offset)));

        Assert.That(answer.Status, Is.EqualTo(isAccepted ? 200 : 401));
    }

    [TestCase(-60_000, 200)]
    [TestCase(-60_001, 401)]
    public async Task Signature_MayNotBeAMinuteBehindTheNewest(int offset, int status)
    {
        await using var probe = await Probe.StartAsync();
        probe.Talo.EnableVerification("1", KeyValue);
        var (alias, _, _) = await probe.IdentifyAsync("ada");
        const string body = """{"name":"x"}""";
        await probe.CallAsync("POST", "/v1/game-channels", body, alias, headers: ("x-talo-signature", Signature(body)));

        var answer = await probe.CallAsync(
            "POST", "/v1/game-channels", body, alias, headers: ("x-talo-signature", Signature(body, offset: offset)));

        Assert.That(answer.Status, Is.EqualTo(status));
    }

    [Test]
    public async Task SwitchedOff_OpenSocketsStayVerified()
    {
        await using var probe = await Probe.StartAsync();
        probe.Talo.EnableVerification("1", KeyValue);
        var ada = await probe.ConnectAsAsync("ada");

        probe.Talo.Game.DisableVerification();

        await ada.SendAsync(Message(1, "still verified?"));
        Assert.That(await ada.NextAsync(), Is.EqualTo(Invalid));
        var later = await probe.ConnectAsAsync("grace");
        await later.SendAsync(Message(1, "not any more"));
        Assert.That(await later.NextAsync(), Does.Contain("Channel not found"));
    }

    private static string Signature(string payload, string version = "1", string key = KeyValue, int offset = 0)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(payload)));
        var timestamp = Start.ToUnixTimeMilliseconds() + offset;
        var header = Convert.ToBase64String(Encoding.UTF8.GetBytes(
            $$"""{"rid":"{{Guid.NewGuid()}}","payload":"{{hash}}","timestamp":{{timestamp}}}"""));
        return $"{version}|{header}.{Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(header)))}";
    }
}
