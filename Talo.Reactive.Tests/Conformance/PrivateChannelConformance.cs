using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class PrivateChannelConformance : ConformanceTests
{
    private const string NotTheOwner = """{"message":"This player is not the owner of the channel"}""";

    [Test]
    public async Task APrivateChannel_CannotBeJoinedOrFoundButRead()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var hidden = await CreateChannelAsync(ada, "\"private\":true");

        (await grace.CallAsync("POST", $"{hidden.Path}/join")).Expect(403, Shape.Message("This channel is private"));
        (await ada.CallAsync("POST", $"{hidden.Path}/join")).Expect(403, Shape.Message("This channel is private"));
        (await CallAsync("GET", $"/v1/game-channels?search={hidden.Name}")).Expect(200, ChannelShape.OnePage("channels"));
        (await CallAsync("GET", hidden.Path)).Expect(200, ChannelShape.Answer(Shape.Channel(hidden, ada, members: 1, isPrivate: true)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task AnInvitation_JoinsAtOnceAndIsToldOnce(bool isPrivate)
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var channel = await CreateChannelAsync(ada, isPrivate ? "\"private\":true" : null);

        (await ada.CallAsync("POST", $"{channel.Path}/invite", $$"""{"inviteeAliasId":{{grace.AliasId}}}""")).Expect(204);
        (await ada.CallAsync("POST", $"{channel.Path}/invite", $$"""{"inviteeAliasId":{{grace.AliasId}}}""")).Expect(204);

        var told = Shape.Joined(Shape.Channel(channel, ada, isPrivate: isPrivate), grace);
        await ada.ExpectAsync(told);
        await grace.ExpectAsync(told);
        (await grace.CallAsync("GET", $"{channel.Path}/members"))
            .Expect(200, ChannelShape.Members(ada, grace));
    }

    [Test]
    public async Task Invitations_AreRefusedInThisOrder()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var channel = await CreateChannelAsync(ada);
        var invite = $"{channel.Path}/invite";

        (await grace.CallAsync("POST", invite, """{"inviteeAliasId":"x"}"""))
            .Expect(400, Shape.Errors("inviteeAliasId", "Invalid input: expected number, received string"));
        (await grace.CallAsync("POST", invite, """{"inviteeAliasId":999999999}""")).Expect(403, NotTheOwner);
        (await ada.CallAsync("POST", invite, """{"inviteeAliasId":999999999}""")).Expect(404, Shape.Message("Invitee not found"));
        (await ada.CallAsync("POST", invite, """{"inviteeAliasId":1.5}""")).Expect(404, Shape.Message("Invitee not found"));
        (await ada.CallAsync("POST", invite, $$"""{"inviteeAliasId":{{ada.AliasId}}}"""))
            .Expect(400, Shape.Message("Players cannot invite themselves"));
        (await ada.CallAsync("POST", invite, "{}"))
            .Expect(400, Shape.Errors("inviteeAliasId", "Invalid input: expected number, received undefined"));
    }

    [Test]
    public async Task ATemporaryMember_LeavesWithItsSocket()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var linus = await NewPlayerAsync("linus");
        linus.Socket = await ConnectAsync(linus);
        var channel = await CreateChannelAsync(ada);
        await JoinAsync(grace, channel);
        await JoinAsync(linus, channel);
        await ForgetAsync(ada, grace, linus);
        (await ada.CallAsync("PUT", channel.Path, """{"temporaryMembership":true}"""))
            .Expect(200, ChannelShape.Answer(Shape.Channel(channel, ada, members: 3, isTemporary: true)));

        await linus.CloseAsync();

        var shape = Shape.Channel(channel, ada, isTemporary: true);
        foreach (var member in new[] { ada, grace })
        {
            await member.ExpectAsync(
                ChannelShape.Updated(shape, "temporaryMembership"),
                Shape.Left(shape, linus, 1),
                Shape.PresenceUpdated(linus, online: false, "", true, true));
        }
        (await linus.CallAsync("GET", "/v1/game-channels/subscriptions")).Expect(200, """{"channels":[]}""");
        (await ada.CallAsync("GET", $"{channel.Path}/members"))
            .Expect(200, ChannelShape.Members(ada, grace));
    }

    [Test]
    public async Task ATemporaryMemberThatOwnsTheChannel_LosesItWithItsSocket()
    {
        var grace = await PlayerAsync("grace");
        var linus = await NewPlayerAsync("linus");
        linus.Socket = await ConnectAsync(linus);
        var channel = await CreateChannelAsync(linus, "\"temporaryMembership\":true");
        await JoinAsync(grace, channel);
        await ForgetAsync(grace, linus);
        channel.Owner = null;
        AfterTest(() => grace.CallAsync("POST", $"{channel.Path}/leave"));

        await linus.CloseAsync();

        await grace.ExpectAsync(
            Shape.Left(Shape.Channel(channel, linus, isTemporary: true), linus, 1),
            Shape.PresenceUpdated(linus, online: false, "", true, true));
        (await CallAsync("GET", channel.Path)).Expect(200, ChannelShape.Answer(Shape.Channel(channel, null, members: 1, isTemporary: true)));
    }

    [Test]
    public async Task TheOwnerOfATemporaryChannelThatCleansUp_DeletesItBeforeItGoesOffline()
    {
        var grace = await PlayerAsync("grace");
        var linus = await NewPlayerAsync("linus");
        linus.Socket = await ConnectAsync(linus);
        var channel = await CreateChannelAsync(linus, "\"temporaryMembership\":true,\"autoCleanup\":true");
        await JoinAsync(grace, channel);
        await ForgetAsync(grace, linus);
        channel.Owner = null;

        linus.Socket.Terminate();

        var shape = Shape.Channel(channel, linus, autoCleanup: true, isTemporary: true);
        await grace.ExpectAsync(
            Shape.Left(shape, linus, 1), ChannelShape.Deleted(shape), Shape.PresenceUpdated(linus, online: false, "", true, true));
        (await CallAsync("GET", channel.Path)).Expect(404, Shape.Message("Channel not found"));
    }

    [Test]
    public async Task ATemporaryMemberWithoutASocket_LeavesWithItsNextPresence()
    {
        var ada = await PlayerAsync("ada");
        var linus = await NewPlayerAsync("linus");
        var channel = await CreateChannelAsync(ada, "\"temporaryMembership\":true");
        await JoinAsync(linus, channel);
        var shape = Shape.Channel(channel, ada, isTemporary: true);
        await ada.ExpectAsync(Shape.Joined(shape, linus));

        (await linus.CallAsync("PUT", "/v1/players/presence", """{"customStatus":"offline but writing"}"""))
            .Expect(200, $$"""{"presence":{{Shape.Presence(linus, online: false, "offline but writing")}}}""");

        await ada.ExpectAsync(
            Shape.Left(shape, linus, 1), Shape.PresenceUpdated(linus, online: false, "offline but writing", true, true));
        (await linus.CallAsync("GET", "/v1/game-channels/subscriptions")).Expect(200, """{"channels":[]}""");
    }

    [Test]
    public async Task TheEndOfOneOfTwoSockets_EndsATemporaryMembershipToo()
    {
        var ada = await PlayerAsync("ada");
        var linus = await NewPlayerAsync("linus");
        linus.Socket = await ConnectAsync(linus);
        var second = await ConnectAsync(linus);
        var channel = await CreateChannelAsync(ada, "\"temporaryMembership\":true");
        await ForgetAsync(ada, linus);
        await JoinAsync(linus, channel);
        var shape = Shape.Channel(channel, ada, isTemporary: true);
        await ada.ExpectAsync(Shape.Joined(shape, linus));
        await linus.ExpectAsync(Shape.Joined(shape, linus));
        await second.ExpectAsync(Shape.Joined(shape, linus));

        await second.CloseAsync();

        string[] told = [Shape.Left(shape, linus, 1), Shape.PresenceUpdated(linus, online: false, "", true, true)];
        await ada.ExpectAsync(told);
        await linus.ExpectAsync(told);
        await linus.SayAsync(channel, "still here?");
        await linus.ExpectAsync(Shape.ListenerError("v1.channels.message", "Player not in channel"));
    }
}
