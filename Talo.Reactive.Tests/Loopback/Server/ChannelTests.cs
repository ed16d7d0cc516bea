using System;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;
using static Talo.Reactive.Tests.Loopback.Server.Expected;

namespace Talo.Reactive.Tests.Loopback.Server;

[TestFixture]
public sealed class ChannelTests
{
    private const string PublicProp = """{"key":"channelType","value":"public"}""";

    [Test]
    public async Task Create_TellsTheCreatorThatItJoined()
    {
        await using var probe = await Probe.StartAsync();
        var ada = await probe.ConnectAsAsync("ada");

        var answer = await probe.CallAsync("POST", "/v1/game-channels", $$"""{"name":"harbour","props":[{{PublicProp}}]}""", ada.Alias);

        var owner = Alias(1, "ada");
        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(Normal(answer.Body), Is.EqualTo(
            $$$"""{"channel":{{{Channel(1, "harbour", owner, Fresh, PublicProp, members: 1)}}}}"""));
        Assert.That(Normal(await ada.NextAsync()), Is.EqualTo(
            $$"""{"res":"v1.channels.player-joined","data":{"channel":{{Channel(1, "harbour", owner, Fresh, PublicProp)}},"playerAlias":{{owner}}}""" + "}"));
    }

    [TestCase("{}", 400, """{"errors":{"name":["Invalid input: expected string, received undefined"]}}""")]
    [TestCase("""{"name":"x","props":{"a":"b"}}""", 400, """{"errors":{"props":["Props must be an array"]}}""")]
    [TestCase("""{"name":"x","props":[{"key":"n","value":5}]}""", 400, """{"errors":{"props.0.value":["Invalid input: expected string, received number"]}}""")]
    [TestCase("""{"name":"x","private":null}""", 400, """{"errors":{"private":["Invalid input: expected boolean, received null"]}}""")]
    [TestCase("[]", 400, """{"errors":{"":["Invalid input: expected object, received array"]}}""")]
    public async Task CreateWithABadBody_Is400(string body, int status, string expected)
    {
        await using var probe = await Probe.StartAsync();

        var answer = await probe.CallAsync("POST", "/v1/game-channels", body, (await probe.IdentifyAsync("ada")).Alias);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((status, expected)));
    }

    [Test]
    public async Task CreateWithTooLongAProp_IsRejectedWhole()
    {
        await using var probe = await Probe.StartAsync();
        var (alias, _, _) = await probe.IdentifyAsync("ada");

        var answer = await probe.CallAsync(
            "POST", "/v1/game-channels", $$"""{"name":"x","props":[{"key":"k","value":"{{new string('v', 513)}}"}]}""", alias);
        var list = await probe.CallAsync("GET", "/v1/game-channels");

        Assert.That((answer.Status, answer.Body), Is.EqualTo((400,
            """{"errors":{"props":["One or more props are invalid, see rejectedProps"]},"rejectedProps":[{"key":"k","error":"PROP_VALUE_TOO_LONG","message":"Prop value length (513) exceeds 512 characters"}]}""")));
        Assert.That(list.Body, Is.EqualTo("""{"channels":[],"count":0,"itemsPerPage":50,"isLastPage":true}"""));
    }

    [Test]
    public async Task Join_TellsAllMembersOnce()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, grace, channel) = await HarbourAsync(probe, join: false);

        var joined = await probe.CallAsync("POST", $"/v1/game-channels/{channel}/join", alias: grace.Alias);
        var again = await probe.CallAsync("POST", $"/v1/game-channels/{channel}/join", "{}", grace.Alias);

        var joinedEvent = $$"""{"res":"v1.channels.player-joined","data":{"channel":{{Channel(1, "harbour", Alias(1, "ada"))}},"playerAlias":{{Alias(2, "grace")}}}""" + "}";
        var reply = $$"""{"channel":{{Channel(1, "harbour", Alias(1, "ada"), members: 2)}}}""";
        Assert.That(new[] { Normal(joined.Body), Normal(again.Body) }, Is.EqualTo(new[] { reply, reply }));
        foreach (var member in new[] { ada, grace })
        {
            Assert.That(Normal(await member.NextAsync()), Is.EqualTo(joinedEvent));
            Assert.That(await member.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
        }
    }

    [Test]
    public async Task Message_GoesToAllMembersAndTheSender()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, grace, channel) = await HarbourAsync(probe);
        var stranger = await probe.ConnectAsAsync("joan");
        await ada.NextAsync();
        await grace.NextAsync();

        await grace.SendAsync(Message(channel, """héllo \"B\" 😀\n</script>\u2028"""));
        await grace.SendAsync(Message(channel, ""));

        foreach (var member in new[] { ada, grace })
        {
            Assert.That(Normal(await member.NextAsync()), Is.EqualTo(MessageEvent(channel, "héllo \\\"B\\\" 😀\\n</script>\u2028")));
            Assert.That(Normal(await member.NextAsync()), Is.EqualTo(MessageEvent(channel, "")));
        }
        await stranger.SendAsync(Message(channel, "let me in"));
        Assert.That(await stranger.NextAsync(), Is.EqualTo(Error(
            "v1.channels.message", "An error occurred while processing the message", "LISTENER_ERROR", "Player not in channel")));
    }

    [Test]
    public async Task Burst_KeepsItsOrder()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, grace, channel) = await HarbourAsync(probe);

        for (var i = 0; i < 200; i++)
            await ada.SendAsync(Message(channel, $"n{i}"));

        foreach (var member in new[] { ada, grace })
        {
            for (var i = 0; i < 200; i++)
                Assert.That(await member.NextAsync(), Does.Contain($"\"message\":\"n{i}\""));
        }
    }

    [Test]
    public async Task LargeMessage_ArrivesWhole()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, grace, channel) = await HarbourAsync(probe);
        var text = new string('z', 1_000_000);

        await ada.SendAsync(Message(channel, text));

        Assert.That(await grace.NextAsync(), Does.Contain($"\"message\":\"{text}\""));
        Assert.That(await ada.NextAsync(), Does.Contain($"\"message\":\"{text}\""));
    }

    [Test]
    public async Task MessageAndCloseBackToBack_IsDelivered()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, grace, channel) = await HarbourAsync(probe);

        await ada.SendAsync(Message(channel, "last words"));
        await ada.CloseAsync();

        Assert.That(await grace.NextAsync(), Does.Contain("last words"));
        Assert.That(Normal(await grace.NextAsync()), Is.EqualTo(
            Presence(Alias(1, "ada", """{"online":false,"customStatus":"","updatedAt":"2026-03-02T18:20:11.250Z"}"""), online: false, "", true, true)));
    }

    [Test]
    public async Task TotalMessages_AreAddedUpEveryHalfMinute()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, _, channel) = await HarbourAsync(probe);
        await ada.SendAsync(Message(channel, "one"));
        await ada.NextAsync();

        Assert.That((await probe.CallAsync("GET", $"/v1/game-channels/{channel}")).Body, Does.Contain("\"totalMessages\":0,"));
        probe.Clock.Advance(TimeSpan.FromSeconds(30));

        var later = (await probe.CallAsync("GET", $"/v1/game-channels/{channel}")).Body;
        Assert.That(later, Does.Contain("\"totalMessages\":1,").And.Contain("\"updatedAt\":\"2026-03-02T18:20:41.000Z\",\"memberCount\":2}}"));
    }

    [Test]
    public async Task Leave_TellsTheLeaverTooAndIsSilentTheSecondTime()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, grace, channel) = await HarbourAsync(probe);

        var left = await probe.CallAsync("POST", $"/v1/game-channels/{channel}/leave", alias: grace.Alias);
        var again = await probe.CallAsync("POST", $"/v1/game-channels/{channel}/leave", alias: grace.Alias);

        Assert.That((left.Status, left.Body, again.Status), Is.EqualTo((204, "", 204)));
        foreach (var member in new[] { ada, grace })
        {
            Assert.That(Normal(await member.NextAsync()), Is.EqualTo(
                $$"""{"res":"v1.channels.player-left","data":{"channel":{{Channel(1, "harbour", Alias(1, "ada"))}},"playerAlias":{{Alias(2, "grace")}},"meta":{"reason":0}""" + "}}"));
            Assert.That(await member.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
        }
        await grace.SendAsync(Message(channel, "still here?"));
        Assert.That(await grace.NextAsync(), Does.Contain("Player not in channel"));
    }

    [Test]
    public async Task OwnerLeaves_TheChannelStaysWithoutOne()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, _, channel) = await HarbourAsync(probe);

        await probe.CallAsync("POST", $"/v1/game-channels/{channel}/leave", alias: ada.Alias);

        Assert.That((await probe.CallAsync("GET", $"/v1/game-channels/{channel}")).Body, Is.EqualTo(
            $$"""{"channel":{{Channel(1, "harbour", "null", members: 1)}}}"""));
    }

    [Test]
    public async Task OwnerLeavesAnAutoCleanupChannel_ItIsDeleted()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, grace, channel) = await HarbourAsync(probe, """{"name":"harbour","autoCleanup":true}""");

        await probe.CallAsync("POST", $"/v1/game-channels/{channel}/leave", alias: ada.Alias);

        var harbour = Channel(1, "harbour", Alias(1, "ada"), autoCleanup: true);
        foreach (var member in new[] { ada, grace })
        {
            Assert.That(await member.NextAsync(), Does.StartWith("""{"res":"v1.channels.player-left","""));
            Assert.That(Normal(await member.NextAsync()), Is.EqualTo($$"""{"res":"v1.channels.deleted","data":{"channel":{{harbour}}}""" + "}"));
        }
        Assert.That((await probe.CallAsync("GET", $"/v1/game-channels/{channel}")).Body, Is.EqualTo("""{"message":"Channel not found"}"""));
    }

    [Test]
    public async Task Delete_IsForTheOwnerAndTellsAll()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, grace, channel) = await HarbourAsync(probe);

        var refused = await probe.CallAsync("DELETE", $"/v1/game-channels/{channel}", alias: grace.Alias);
        var deleted = await probe.CallAsync("DELETE", $"/v1/game-channels/{channel}", alias: ada.Alias);
        var gone = await probe.CallAsync("DELETE", $"/v1/game-channels/{channel}", alias: ada.Alias);

        Assert.That((refused.Status, refused.Body), Is.EqualTo((403, """{"message":"This player is not the owner of the channel"}""")));
        Assert.That((deleted.Status, gone.Status, gone.Body), Is.EqualTo((204, 404, """{"message":"Channel not found"}""")));
        foreach (var member in new[] { ada, grace })
        {
            Assert.That(Normal(await member.NextAsync()), Is.EqualTo(
                $$"""{"res":"v1.channels.deleted","data":{"channel":{{Channel(1, "harbour", Alias(1, "ada"))}}}""" + "}"));
        }
        await grace.SendAsync(Message(channel, "anyone?"));
        Assert.That(await grace.NextAsync(), Does.Contain("Channel not found"));
    }

    [TestCase("/999999", 404, """{"message":"Channel not found"}""")]
    [TestCase("/-1", 404, """{"message":"Channel not found"}""")]
    [TestCase("/abc", 400, """{"errors":{"id":["Invalid input: expected number, received NaN"]}}""")]
    [TestCase("/1.5", 400, """{"errors":{"id":["Invalid input: expected int, received number"]}}""")]
    [TestCase("/99999999999999999", 400, """{"errors":{"id":["Too big: expected int to be <=9007199254740991"]}}""")]
    [TestCase("?page=-1", 400, """{"errors":{"page":["Too small: expected number to be >=0"]}}""")]
    [TestCase("?page=0&page=1", 400, """{"errors":{"page":["Invalid input: expected number, received NaN"]}}""")]
    [TestCase("?page=9999", 200, """{"channels":[],"count":0,"itemsPerPage":50,"isLastPage":true}""")]
    public async Task OddIdsAndPages_AreAnsweredAsTaloDoes(string tail, int status, string body)
    {
        await using var probe = await Probe.StartAsync();

        var answer = await probe.CallAsync("GET", "/v1/game-channels" + tail);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((status, body)));
    }

    [Test]
    public async Task Lists_ShowWhatTheyShould()
    {
        await using var probe = await Probe.StartAsync();
        var (alias, _, _) = await probe.IdentifyAsync("ada");
        foreach (var body in new[]
        {
            $$"""{"name":"harbour","props":[{{PublicProp}}]}""",
            """{"name":"hidden","private":true}""",
            """{"name":"Tower"}""",
        })
        {
            await probe.CallAsync("POST", "/v1/game-channels", body, alias);
        }

        Assert.That(await NamesAsync(probe, ""), Is.EqualTo("harbour Tower, count 2"));
        Assert.That(await NamesAsync(probe, "?search=TOW"), Is.EqualTo("Tower, count 1"));
        Assert.That(await NamesAsync(probe, "?search=h_r%25r"), Is.EqualTo("harbour, count 1"));
        Assert.That(await NamesAsync(probe, "?propKey=channelType&propValue=public"), Is.EqualTo("harbour, count 1"));
        Assert.That(await NamesAsync(probe, "?propKey=channelType&propValue=other"), Is.EqualTo(", count 0"));
        var subscriptions = await probe.CallAsync("GET", "/v1/game-channels/subscriptions", alias: alias);
        Assert.That(subscriptions.Root.GetProperty("channels").EnumerateArray().Select(channel => channel.GetProperty("name").GetString()),
            Is.EqualTo(new[] { "harbour", "hidden", "Tower" }));
    }

    [Test]
    public async Task Members_AreForMembersOnly()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, _, channel) = await HarbourAsync(probe);
        var (stranger, _, _) = await probe.IdentifyAsync("joan");

        var shown = await probe.CallAsync("GET", $"/v1/game-channels/{channel}/members", alias: ada.Alias);
        var refused = await probe.CallAsync("GET", $"/v1/game-channels/{channel}/members", alias: stranger);

        Assert.That(Normal(shown.Body), Is.EqualTo(
            $$"""{"members":[{{Alias(1, "ada")}},{{Alias(2, "grace")}}],"count":2,"itemsPerPage":50,"isLastPage":true}"""));
        Assert.That((refused.Status, refused.Body), Is.EqualTo((403, """{"message":"This player is not a member of the channel"}""")));
    }

    [Test]
    public async Task PrivateChannel_CannotBeJoined()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, grace, channel) = await HarbourAsync(probe, """{"name":"harbour","private":true}""", join: false);

        var refused = await probe.CallAsync("POST", $"/v1/game-channels/{channel}/join", alias: grace.Alias);

        Assert.That((refused.Status, refused.Body), Is.EqualTo((403, """{"message":"This channel is private"}""")));
        Assert.That(await ada.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
    }

    private static string MessageEvent(int channel, string text) =>
        $$"""{"res":"v1.channels.message","data":{"channel":{{Channel(channel, "harbour", Alias(1, "ada"))}},"message":"{{text}}","playerAlias":{{Alias(2, "grace")}}}""" + "}";

    private static async Task<string> NamesAsync(Probe probe, string query)
    {
        var root = (await probe.CallAsync("GET", "/v1/game-channels" + query)).Root;
        var names = root.GetProperty("channels").EnumerateArray().Select(channel => channel.GetProperty("name").GetString());
        return $"{string.Join(' ', names)}, count {root.GetProperty("count")}";
    }

    private static async Task<(ProbeSocket Ada, ProbeSocket Grace, int Channel)> HarbourAsync(
        Probe probe, string body = """{"name":"harbour"}""", bool join = true)
    {
        var ada = await probe.ConnectAsAsync("ada");
        var grace = await probe.ConnectAsAsync("grace");
        await ada.NextAsync();
        var channel = await probe.CreateChannelAsync(ada, body);
        if (join)
        {
            await probe.CallAsync("POST", $"/v1/game-channels/{channel}/join", alias: grace.Alias);
            await ada.NextAsync();
            await grace.NextAsync();
        }
        return (ada, grace, channel);
    }
}
