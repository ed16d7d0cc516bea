using System;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>Sockets of a game that verifies requests.</summary>
[TestFixture]
public sealed class SignatureConformance : ConformanceTests
{
    private const string Message = "v1.channels.message";
    private const string Identify = "v1.players.identify";
    private const string NoChannel = """{"req":"v1.channels.message","data":{"channel":{"id":999999999},"message":"x"}}""";

    private static readonly string Invalid = Shape.Error(Message, "Invalid signature", "INVALID_SIGNATURE");

    [Test]
    public async Task SignedMessage_IsDelivered()
    {
        var game = Server.VerifiedGameOrIgnore();
        await SignedFramesOrInconclusiveAsync();
        var ada = await PlayerAsync("ada", game);
        var harbour = await CreateChannelAsync(ada);

        await ada.SendSignedAsync($$$"""{"req":"v1.channels.message","data":{"channel":{"id":{{{harbour.Id}}}},"message":"signed"}}""");

        await ada.ExpectAsync(Shape.Message(Shape.Channel(harbour, ada), ada, "signed"));
    }

    [Test]
    public async Task UnsignedFrames_AreReadBeforeTheirSignatureIsMissed()
    {
        var ada = await PlayerAsync("ada", Server.VerifiedGameOrIgnore());

        await ada.SendAsync(NoChannel);
        await ada.ExpectAsync(Invalid);
        await ada.SendAsync("""{"req":"v1.nope","data":{}}""");
        await ada.ExpectAsync(Shape.InvalidMessage("""{"req":"v1.nope","data":{}}"""));
        // The first line is taken for the signature.
        await ada.SendAsync("{\"req\":\"v1.channels.message\",\n\"data\":{}}");
        await ada.ExpectAsync(Shape.Routing);
        // Fails unless the heartbeat is answered.
        await ada.Socket.KeepAliveAsync();
        Assert.That(ada.Socket.IsOpen, Is.True);
    }

    [Test]
    public async Task ASignedHeartbeat_IsNoHeartbeat()
    {
        var ada = await PlayerAsync("ada", Server.VerifiedGameOrIgnore());

        await ada.SendSignedAsync("v1.heartbeat");

        await ada.ExpectAsync(Shape.Routing);
    }

    [Test]
    public async Task ASignature_IsGoodForOneFrameToTheLetter()
    {
        var game = Server.VerifiedGameOrIgnore();
        await SignedFramesOrInconclusiveAsync();
        var ada = await PlayerAsync("ada", game);
        var frame = game.Signer!.Frame(NoChannel, Server.Now);

        await ada.SendAsync(frame);
        await ada.ExpectAsync(Shape.ListenerError(Message, "Channel not found"));
        await ada.SendAsync(frame);
        await ada.ExpectAsync(Invalid);
        var tampered = NoChannel.Replace("\"x\"", "\"y\"", StringComparison.Ordinal);
        await ada.SendAsync($"{game.Signer.Sign(NoChannel, Server.Now)}\n{tampered}");
        await ada.ExpectAsync(Invalid);
        await ada.SendSignedAsync("""{"req":"v1.channels.message","data":{"nope":1}}""");
        await ada.ExpectAsync(Shape.InvalidData(Message, """{"nope":1}"""));
    }

    [Test]
    public async Task TheFirstIdentify_NeedsNoSignatureAndTheNextOneDoes()
    {
        var game = Server.VerifiedGameOrIgnore();
        await SignedFramesOrInconclusiveAsync();
        var linus = await Suite.IdentifyAsync(game, Unique("linus"));
        var socket = await ConnectAsync(game.AccessKey);

        // What stands before the line break is taken off and not looked at.
        await socket.SendAsync($"whatever\n{linus.IdentifyRequest}");
        await socket.ExpectAsync(Shape.Identified(linus));
        await socket.SendAsync(linus.IdentifyRequest);
        await socket.ExpectAsync(Shape.Error(Identify, "Invalid signature", "INVALID_SIGNATURE"));
        await socket.SendAsync(game.Signer!.Frame(linus.IdentifyRequest, Server.Now));
        await socket.ExpectAsync(Shape.Identified(linus, onlineChanged: false));
    }

    [Test]
    public async Task AnRidOfAnHttpCall_IsUsedUpForTheSocketToo()
    {
        var game = Server.VerifiedGameOrIgnore();
        await SignedFramesOrInconclusiveAsync();
        var ada = await PlayerAsync("ada", game);
        var harbour = await CreateChannelAsync(ada);
        var rid = Unique("rid");

        (await ada.UnsignedCallAsync(
            "PUT", harbour.Path, "{}", ("x-talo-signature", game.Signer!.Sign("{}", Server.Now, rid))))
            .Expect(200, ChannelShape.Answer(Shape.Channel(harbour, ada, members: 1)));
        await ada.SendAsync(game.Signer.Frame(NoChannel, Server.Now, rid));

        await ada.ExpectAsync(Invalid);
    }

    [Test]
    public async Task VerificationSwitchedOff_HoldsForNewSocketsOnly()
    {
        var game = OwnerOrIgnore("verification is switched in the dashboard").CreateGame();
        game.EnableVerification("v1", "conformance-key");
        var key = game.CreateAccessKey();
        var linus = await Suite.IdentifyAsync(new(key), Unique("linus"));
        var before = await ConnectAsync(linus);

        game.DisableVerification();
        await before.SendAsync(NoChannel);
        await before.ExpectAsync(Invalid);

        var after = await ConnectAsync(linus);
        await after.SendAsync(NoChannel);
        await after.ExpectAsync(Shape.ListenerError(Message, "Channel not found"));
    }
}
