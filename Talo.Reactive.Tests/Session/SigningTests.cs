using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Reactive.Testing;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Session;

public sealed class SigningTests
{
    private const string Key = "the-value-of-the-verification-key";

    [Test]
    public void FramesAfterIdentifyAreSigned_TheFirstIdentifyAndHeartbeatsAreNot()
    {
        using var session = Signing();
        session.Talo.Channels.SendMessageAsync(41, "ahoy");
        session.Talo.Socket.Send("v1.custom");
        session.Advance(30);
        var sent = session.Server.Link.Sent;
        Assert.That(sent.Select(x => (x.Req ?? x.Text, x.Signature is not null)), Is.EqualTo(new[]
        {
            ("v1.players.identify", false), ("v1.channels.message", true), ("v1.custom", true), ("v1.heartbeat", false),
        }));
        foreach (var frame in sent.Where(x => x.Signature is not null)) Verify(frame.Signature!, frame.Payload);
        Assert.That(session.Texts, Is.EqualTo(new[] { "ahoy" }));
    }

    [Test]
    public void EachFrameHasARidOfItsOwn()
    {
        using var session = Signing();
        for (var i = 0; i < 50; i++) session.Talo.Channels.SendMessageAsync(41, "the same");
        session.Settle();
        var rids = session.Server.ChannelMessages.Select(x => (string)Head(x.Signature!)["rid"]!).ToList();
        Assert.That(rids, Has.Count.EqualTo(50).And.Unique);
    }

    [Test]
    public void HttpPostWithAlias_IsSigned_WithAnEmptyObjectWhereItHasNoBody()
    {
        using var session = Signing();
        session.Server.Http.On("POST", "/v1/game-channels/*/join").Reply(200, new { channel = new { id = 41 } });
        session.Talo.Channels.JoinAsync(41);
        session.Talo.Players.CreateSocketTokenAsync();
        session.Settle();
        foreach (var call in new[] { session.Server.Http.CallsTo("POST", "/v1/game-channels/41/join").Single(), session.Server.Http.CallsTo("POST", "/v1/players/socket-token").Single() })
        {
            Assert.That(call.BodyText, Is.EqualTo("{}"));
            Verify(call.Header("x-talo-signature")!, "{}");
        }

        Assert.That(session.Server.Http.CallsTo("POST", "/v1/socket-tickets").Single().Header("x-talo-signature"), Is.Null);
        Assert.That(session.Server.Http.CallsTo("GET", "/v1/players/identify").Single().Header("x-talo-signature"), Is.Null);
    }

    [TestCase(-7)]
    [TestCase(3)]
    [TestCase(24 * 400)]
    public void MachineClockHoursOff_SignaturesCarryTheServersTime(int hours)
    {
        using var session = Signing(hours);
        session.Advance(1000);
        session.Talo.Channels.SendMessageAsync(41, "ahoy");
        session.Settle();
        var signed = DateTimeOffset.FromUnixTimeMilliseconds((long)Head(session.Server.ChannelMessages.Single().Signature!)["timestamp"]!);
        Assert.That((signed - session.Scheduler.Now).Duration(), Is.LessThan(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public void InvalidSignature_ClockIsMeasured_AndTheMessageGoesOnceMore_SignedRight()
    {
        var off = TimeSpan.Zero;
        using var session = Signing(clock: s => s.Now + off);
        RefuseWrongTimes(session);
        off = TimeSpan.FromHours(2);
        var delivery = session.Talo.Channels.DeliverAsync(41, "ahoy");
        session.Settle();
        session.Settle();
        Assert.That(session.Server.Http.CallsTo("GET", "/v1/health-check"), Has.Count.EqualTo(1));
        Assert.That(PlayedSession.Result(delivery).Outcome, Is.EqualTo(DeliveryOutcome.Delivered));
        Assert.That(Sent(session), Is.EqualTo(2));
    }

    [Test]
    public void InvalidSignatureTwice_IsRejected_NotTriedAThirdTime()
    {
        using var session = Signing();
        session.Server.On("v1.channels.message", (on, frame) => on.SendError("v1.channels.message", "INVALID_SIGNATURE", "Invalid signature"));
        var delivery = session.Talo.Channels.DeliverAsync(41, "ahoy");
        session.Advance(5);
        Assert.That(PlayedSession.Result(delivery).Error!.Code, Is.EqualTo(TaloSocketErrorCode.InvalidSignature));
        Assert.That(Sent(session), Is.EqualTo(2));
    }

    [Test]
    public void InvalidSignatureAgainAndAgain_ClockIsMeasuredOnceAMinute()
    {
        using var session = Signing();
        session.Server.Http.On("GET", "/v1/health-check").Reply(200, new { uptime = 1 });
        for (var i = 0; i < 1200; i++)
        {
            session.Server.Session.SendError("v1.custom", "INVALID_SIGNATURE", "Invalid signature");
            session.Advance(0.1);
        }

        Assert.That(session.Server.Http.CallsTo("GET", "/v1/health-check"), Has.Count.EqualTo(2));
    }

    [Test]
    public void InvalidSignatureOfAnotherRequest_ClockIsMeasuredForTheNext()
    {
        var off = TimeSpan.Zero;
        using var session = Signing(clock: s => s.Now + off);
        RefuseWrongTimes(session);
        session.Server.On("v1.custom", (on, frame) => on.SendError("v1.custom", "INVALID_SIGNATURE", "Invalid signature"));
        off = TimeSpan.FromHours(2);
        session.Talo.Socket.Send("v1.custom");
        session.Advance(1);
        var delivery = session.Talo.Channels.DeliverAsync(41, "ahoy");
        session.Settle();
        Assert.That(PlayedSession.Result(delivery).Outcome, Is.EqualTo(DeliveryOutcome.Delivered));
        Assert.That(Sent(session), Is.EqualTo(1));
    }

    private static PlayedSession Signing(int hours = 0, Func<TestScheduler, DateTimeOffset>? clock = null)
    {
        PlayedSession? session = null;
        session = new PlayedSession(x =>
        {
            x.VerificationKey = new VerificationKey("v1", Key);
            var scheduler = (TestScheduler)x.Scheduler!;
            x.SigningClock = () => clock?.Invoke(scheduler) ?? scheduler.Now + TimeSpan.FromHours(hours);
        });
        session.Server.Http.ServerClock = () => session.Scheduler.Now;
        session.Server.Http.On("GET", "/v1/health-check").Reply(200, new { uptime = 1 });
        return session.Identified();
    }

    private static void RefuseWrongTimes(PlayedSession session) => session.Server.On("v1.channels.message", (on, frame) =>
    {
        var signed = DateTimeOffset.FromUnixTimeMilliseconds((long)Head(frame.Signature!)["timestamp"]!);
        if ((signed - session.Scheduler.Now).Duration() > TimeSpan.FromMinutes(5))
            on.SendError("v1.channels.message", "INVALID_SIGNATURE", "Invalid signature");
        else
            session.Server.Say(on.Player!, 41, (string)frame.Data["message"]!);
    });

    private static int Sent(PlayedSession session) => session.Server.Link.Sent.Count(x => x.Req == "v1.channels.message");

    private static JObject Head(string signature) =>
        JObject.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(signature.Split('|')[1].Split('.')[0])));

    private static void Verify(string signature, string payload)
    {
        var parts = signature.Split('|')[1].Split('.');
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(Key));
        Assert.That(parts[1], Is.EqualTo(Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(parts[0])))));
        Assert.That((string)Head(signature)["payload"]!, Is.EqualTo(Hex(SHA256.HashData(Encoding.UTF8.GetBytes(payload)))));
    }

    private static string Hex(IEnumerable<byte> bytes) => string.Concat(bytes.Select(x => x.ToString("x2", CultureInfo.InvariantCulture)));
}
