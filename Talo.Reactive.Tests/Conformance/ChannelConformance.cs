using System;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class ChannelConformance : ConformanceTests
{
    private const string Channels = "/v1/game-channels";
    private const string ChannelMessage = "v1.channels.message";
    private const string NotTheOwner = """{"message":"This player is not the owner of the channel"}""";
    private const string NotFound = """{"message":"Channel not found"}""";

    [Test]
    public async Task Create_MakesTheCreatorOwnerAndFirstMember()
    {
        var ada = await PlayerAsync("ada");
        var name = Unique("general");

        var answer = await ada.CallAsync(
            "POST", Channels, $$"""{"name":"{{name}}","props":[{"key":"channelType","value":"public"}],"autoCleanup":true}""");

        var general = Own(new(answer.Int("channel.id"), name), ada);
        var props = Shape.Prop("channelType", "public");
        answer.Expect(200, ChannelShape.Answer(Shape.Channel(general, ada, members: 1, props: props, autoCleanup: true)));
        await ada.ExpectAsync(Shape.Joined(Shape.Channel(general, ada, props: props, autoCleanup: true), ada));
        (await CallAsync("GET", general.Path))
            .Expect(200, ChannelShape.Answer(Shape.Channel(general, ada, members: 1, props: props, autoCleanup: true)));
    }

    [Test]
    public async Task Create_TakesAnEmptyName()
    {
        var ada = await PlayerAsync("ada");

        var answer = await ada.CallAsync("POST", Channels, """{"name":""}""");

        var unnamed = Own(new(answer.Int("channel.id"), ""), ada);
        answer.Expect(200, ChannelShape.Answer(Shape.Channel(unnamed, ada, members: 1)));
        await ada.ExpectAsync(Shape.Joined(Shape.Channel(unnamed, ada), ada));
    }

    [TestCase("{}", """{"errors":{"name":["Invalid input: expected string, received undefined"]}}""")]
    [TestCase("""{"name":"x","props":{"a":"b"}}""", """{"errors":{"props":["Props must be an array"]}}""")]
    [TestCase("""{"name":"x","props":[{"key":"k","value":null}]}""", """{"errors":{"props.0.value":["Invalid input: expected string, received null"]}}""")]
    [TestCase("""{"name":"x","autoCleanup":null}""", """{"errors":{"autoCleanup":["Invalid input: expected boolean, received null"]}}""")]
    public async Task CreateWithABadBody_IsRefused(string body, string answer)
    {
        var ada = await PlayerAsync("ada");

        (await ada.CallAsync("POST", Channels, body)).Expect(400, answer);
    }

    [Test]
    public async Task CreateWithTooMuch_IsRefusedWhole()
    {
        var ada = await PlayerAsync("ada");
        var longKey = new string('k', 129);
        var longText = new string('v', 513);
        var name = Unique("refused");

        (await ada.CallAsync(
            "POST", Channels, $$"""{"name":"{{name}}","props":[{"key":"ok","value":"1"},{"key":"k","value":"{{longText}}"},{"key":"{{longKey}}","value":"{{longText}}"}]}"""))
            .Expect(400, ChannelShape.PropsRefused(ChannelShape.TooLongAValue("k"), ChannelShape.TooLongAKey(longKey)));
        (await ada.CallAsync("POST", Channels, $$"""{"name":"{{name}}{{new string('x', 256)}}"}"""))
            .Expect(500, Shape.Message("Something went wrong, please try again later"));
        (await CallAsync("GET", $"{Channels}?search={name}")).Expect(200, ChannelShape.OnePage("channels"));
    }

    [Test]
    public async Task CreateWithoutAnAlias_IsRefused()
    {
        (await CallAsync("POST", Channels, """{"name":"x"}"""))
            .Expect(400, Shape.Errors("x-talo-alias", "x-talo-alias is missing from the request headers"));
        (await CallAsync("POST", Channels, """{"name":"x"}""", ("x-talo-alias", "-1")))
            .Expect(400, Shape.Errors("x-talo-alias", "x-talo-alias header must be a numeric string"));
    }

    [Test]
    public async Task Lists_AreNarrowedByNameOwnerAndProps()
    {
        var ada = await PlayerAsync("ada");
        var key = Unique("key");
        var first = await CreateChannelAsync(ada, $"\"props\":[{Shape.Prop(key, "public")}]");
        var second = await CreateChannelAsync(ada, $"\"props\":[{Shape.Prop(key, "hidden")}]");

        var one = Shape.Channel(first, ada, members: 1, props: Shape.Prop(key, "public"));
        var two = Shape.Channel(second, ada, members: 1, props: Shape.Prop(key, "hidden"));
        (await CallAsync("GET", $"{Channels}?propKey={key}")).Expect(200, ChannelShape.OnePage("channels", one, two));
        (await CallAsync("GET", $"{Channels}?propKey={key}&propValue=public&page=")).Expect(200, ChannelShape.OnePage("channels", one));
        (await CallAsync("GET", $"{Channels}?propKey={key}&propValue=neither")).Expect(200, ChannelShape.OnePage("channels"));
        (await CallAsync("GET", $"{Channels}?search={second.Name.ToUpperInvariant()}")).Expect(200, ChannelShape.OnePage("channels", two));
        (await CallAsync("GET", $"{Channels}?search={first.Name.Replace("nn", "_%25", StringComparison.Ordinal)}&propKey="))
            .Expect(200, ChannelShape.OnePage("channels", one));
        (await CallAsync("GET", $"{Channels}?search={ada.Identifier}&propKey={key}")).Expect(200, ChannelShape.OnePage("channels", one, two));
        (await ada.CallAsync("GET", $"{Channels}/subscriptions?propKey={key}")).Expect(200, $$"""{"channels":[{{one}},{{two}}]}""");
        (await ada.CallAsync("GET", $"{Channels}/subscriptions?propKey={key}&propValue=hidden")).Expect(200, $$"""{"channels":[{{two}}]}""");
    }

    [Test]
    public async Task APagePastTheEnd_IsEmptyAndTheLast()
    {
        (await CallAsync("GET", $"{Channels}?page=9999"))
            .Expect(200, """{"channels":[],"count":<count>,"itemsPerPage":50,"isLastPage":true}""");
    }

    [TestCase("/999999999", 404, NotFound)]
    [TestCase("/-1", 404, NotFound)]
    [TestCase("/abc", 400, """{"errors":{"id":["Invalid input: expected number, received NaN"]}}""")]
    [TestCase("/1.5", 400, """{"errors":{"id":["Invalid input: expected int, received number"]}}""")]
    [TestCase("?page=-1", 400, """{"errors":{"page":["Too small: expected number to be >=0"]}}""")]
    [TestCase("?page=0&page=1", 400, """{"errors":{"page":["Invalid input: expected number, received NaN"]}}""")]
    public async Task OddIdsAndPages_AreRefused(string tail, int status, string body)
    {
        (await CallAsync("GET", Channels + tail)).Expect(status, body);
    }

    [Test]
    public async Task Join_IsToldToAllMembersOnce()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var harbour = await CreateChannelAsync(ada);
        var answer = ChannelShape.Answer(Shape.Channel(harbour, ada, members: 2));

        (await grace.CallAsync("POST", $"{harbour.Path}/join")).Expect(200, answer);
        (await grace.CallAsync("POST", $"{harbour.Path}/join", "{}")).Expect(200, answer);

        await ada.ExpectAsync(Shape.Joined(Shape.Channel(harbour, ada), grace));
        await grace.ExpectAsync(Shape.Joined(Shape.Channel(harbour, ada), grace));
        (await grace.CallAsync("POST", $"{Channels}/999999999/join")).Expect(404, NotFound);
    }

    [Test]
    public async Task AMemberNeedsNoSocket()
    {
        var ada = await PlayerAsync("ada");
        var linus = await NewPlayerAsync("linus");
        var harbour = await CreateChannelAsync(ada);

        (await linus.CallAsync("POST", $"{harbour.Path}/join")).Expect(200, ChannelShape.Answer(Shape.Channel(harbour, ada, members: 2)));

        await ada.ExpectAsync(Shape.Joined(Shape.Channel(harbour, ada), linus));
    }

    [Test]
    public async Task TheEndOfASocket_LeavesTheMembershipAlone()
    {
        var ada = await PlayerAsync("ada");
        var linus = await NewPlayerAsync("linus");
        var harbour = await CreateChannelAsync(ada);
        await JoinAsync(linus, harbour);
        await ada.ExpectAsync(Shape.Joined(Shape.Channel(harbour, ada), linus));
        linus.Socket = await ConnectAsync(linus);
        await ada.ExpectAsync(Shape.PresenceUpdated(linus, online: true, "", true, true));

        await linus.CloseAsync();

        await ada.ExpectAsync(Shape.PresenceUpdated(linus, online: false, "", true, true));
        (await linus.CallAsync("GET", $"{Channels}/subscriptions"))
            .Expect(200, $$"""{"channels":[{{Shape.Channel(harbour, ada, members: 2)}}]}""");
    }

    [Test]
    public async Task Messages_GoToAllMembersInOrder()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var harbour = await HarbourAsync(ada, grace);
        var channel = Shape.Channel(harbour, ada);
        string[] texts = ["hello from grace", "", """héllo \"B\" 😀\n</script>""", "n1", "n2", "n3", "n4", "n5"];

        foreach (var text in texts)
            await grace.SayAsync(harbour, text);

        foreach (var member in new[] { ada, grace })
            await member.ExpectAsync(Array.ConvertAll(texts, text => Shape.Message(channel, grace, text)));
    }

    [Test]
    public async Task ALargeMessage_ArrivesWhole()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var harbour = await HarbourAsync(ada, grace);
        var text = new string('z', 100_000);

        await ada.SayAsync(harbour, text);

        await ada.ExpectAsync(Shape.Message(Shape.Channel(harbour, ada), ada, text));
        await grace.ExpectAsync(Shape.Message(Shape.Channel(harbour, ada), ada, text));
    }

    [Test]
    public async Task AStrangersMessage_IsRefused()
    {
        var (ada, joan) = (await PlayerAsync("ada"), await PlayerAsync("joan"));
        var harbour = await CreateChannelAsync(ada);

        await joan.SayAsync(harbour, "let me in");

        await joan.ExpectAsync(Shape.ListenerError(ChannelMessage, "Player not in channel"));
    }

    [Test]
    public async Task Messages_AreAddedUpWithinHalfAMinute()
    {
        var ada = await PlayerAsync("ada");
        var harbour = await CreateChannelAsync(ada);
        for (var i = 0; i < 3; i++)
        {
            await ada.SayAsync(harbour, $"{i}");
            await ada.ExpectAsync(Shape.Message(Shape.Channel(harbour, ada), ada, $"{i}"));
        }

        await LetTimePassAsync(TimeSpan.FromSeconds(35));

        Assert.That((await CallAsync("GET", harbour.Path)).Int("channel.totalMessages"), Is.EqualTo(3));
    }

    [Test]
    public async Task Members_AreShownToMembersOnly()
    {
        var (ada, grace, joan) = (await PlayerAsync("ada"), await PlayerAsync("grace"), await PlayerAsync("joan"));
        var harbour = await HarbourAsync(ada, grace);

        (await ada.CallAsync("GET", $"{harbour.Path}/members"))
            .Expect(200, ChannelShape.Members(ada, grace));
        (await joan.CallAsync("GET", $"{harbour.Path}/members")).Expect(403, Shape.Message("This player is not a member of the channel"));
    }

    [Test]
    public async Task Members_AreFiltered()
    {
        var ada = await PlayerAsync("ada");
        var linus = await NewPlayerAsync("linus");
        var harbour = await CreateChannelAsync(ada);
        await JoinAsync(linus, harbour);
        await ForgetAsync(ada);
        await linus.CallAsync("PATCH", $"/v1/players/{linus.PlayerId}", """{"props":[{"key":"level","value":"7"}]}""");
        var (one, two) = (Shape.Alias(ada), Shape.Alias(linus, props: Shape.Prop("level", "7")));

        await ShowsAsync($"aliasId={linus.AliasId}", two);
        await ShowsAsync("aliasId=0", one, two);
        await ShowsAsync($"identifier={ada.Identifier.ToUpperInvariant()}", one);
        await ShowsAsync("identifier=a");
        await ShowsAsync("identifier=", one, two);
        await ShowsAsync($"playerId={linus.PlayerId}", two);
        await ShowsAsync("playerPropKey=level", two);
        await ShowsAsync("playerPropKey=level&playerPropValue=7", two);
        await ShowsAsync("playerPropKey=level&playerPropValue=8");
        await ShowsAsync("playerPropValue=8", one, two);
        await ShowsAsync("propKey=level&propValue=7", one, two);
        await ShowsAsync($"playerGroupId={Guid.NewGuid()}");

        async Task ShowsAsync(string query, params string[] members) =>
            (await ada.CallAsync("GET", $"{harbour.Path}/members?{query}")).Expect(200, ChannelShape.OnePage("members", members));
    }

    [TestCase("playerId=x", "playerId", "Invalid UUID")]
    [TestCase("playerGroupId=x", "playerGroupId", "Invalid UUID")]
    [TestCase("aliasId=x", "aliasId", "Invalid input: expected number, received NaN")]
    [TestCase("aliasId=1.5", "aliasId", "Invalid input: expected int, received number")]
    public async Task AMalformedMemberFilter_IsRefusedBeforeTheMembershipIsLookedAt(string query, string path, string message)
    {
        var (ada, joan) = (await PlayerAsync("ada"), await PlayerAsync("joan"));
        var harbour = await CreateChannelAsync(ada);

        (await joan.CallAsync("GET", $"{harbour.Path}/members?{query}")).Expect(400, Shape.Errors(path, message));
    }

    [Test]
    public async Task Leave_IsToldToTheLeaverTooAndOnce()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var harbour = await HarbourAsync(ada, grace);

        (await grace.CallAsync("POST", $"{harbour.Path}/leave")).Expect(204);
        (await grace.CallAsync("POST", $"{harbour.Path}/leave")).Expect(204);
        await ada.SayAsync(harbour, "gone?");

        var channel = Shape.Channel(harbour, ada);
        await ada.ExpectAsync(Shape.Left(channel, grace, 0), Shape.Message(channel, ada, "gone?"));
        await grace.ExpectAsync(Shape.Left(channel, grace, 0));
    }

    [Test]
    public async Task TheOwnerLeaves_AndNobodyOwnsTheChannel()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var harbour = await HarbourAsync(ada, grace);
        // Nobody can delete it any more; what can be done is to leave it.
        harbour.Owner = null;
        AfterTest(() => grace.CallAsync("POST", $"{harbour.Path}/leave"));

        (await ada.CallAsync("POST", $"{harbour.Path}/leave")).Expect(204);

        await ada.ExpectAsync(Shape.Left(Shape.Channel(harbour, ada), ada, 0));
        await grace.ExpectAsync(Shape.Left(Shape.Channel(harbour, ada), ada, 0));
        (await CallAsync("GET", harbour.Path)).Expect(200, ChannelShape.Answer(Shape.Channel(harbour, null, members: 1)));
        (await grace.CallAsync("DELETE", harbour.Path)).Expect(403, NotTheOwner);
    }

    [Test]
    public async Task TheOwnerLeavesAnAutoCleanupChannel_AndItIsDeleted()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var harbour = await HarbourAsync(ada, grace, "\"autoCleanup\":true");
        harbour.Owner = null;

        (await ada.CallAsync("POST", $"{harbour.Path}/leave")).Expect(204);

        var channel = Shape.Channel(harbour, ada, autoCleanup: true);
        foreach (var member in new[] { ada, grace })
            await member.ExpectAsync(Shape.Left(channel, ada, 0), ChannelShape.Deleted(channel));
        (await CallAsync("GET", harbour.Path)).Expect(404, NotFound);
    }

    [Test]
    public async Task TheLastMemberLeavesAnAutoCleanupChannelOfNobody_AndItIsDeleted()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var harbour = await HarbourAsync(ada, grace, "\"autoCleanup\":true");
        harbour.Owner = null;
        await ada.CallAsync("PUT", harbour.Path, """{"ownerAliasId":null}""");
        var channel = Shape.Channel(harbour, null, autoCleanup: true);

        (await ada.CallAsync("POST", $"{harbour.Path}/leave")).Expect(204);
        (await CallAsync("GET", harbour.Path)).Expect(200, ChannelShape.Answer(Shape.Channel(harbour, null, members: 1, autoCleanup: true)));
        (await grace.CallAsync("POST", $"{harbour.Path}/leave")).Expect(204);

        await ada.ExpectAsync(Shape.Left(channel, ada, 0));
        await grace.ExpectAsync(Shape.Left(channel, ada, 0), Shape.Left(channel, grace, 0), ChannelShape.Deleted(channel));
        (await CallAsync("GET", harbour.Path)).Expect(404, NotFound);
    }

    [Test]
    public async Task Delete_IsForTheOwnerAndToldToAllMembers()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var harbour = await HarbourAsync(ada, grace);
        var channel = Shape.Channel(harbour, ada);
        await grace.SayAsync(harbour, "soon gone");

        foreach (var member in new[] { ada, grace })
            await member.ExpectAsync(Shape.Message(channel, grace, "soon gone"));
        (await grace.CallAsync("DELETE", harbour.Path)).Expect(403, NotTheOwner);
        (await ada.CallAsync("DELETE", harbour.Path)).Expect(204);
        harbour.Owner = null;
        (await ada.CallAsync("DELETE", harbour.Path)).Expect(404, NotFound);

        await ada.ExpectAsync(ChannelShape.Deleted(channel));
        await grace.ExpectAsync(ChannelShape.Deleted(channel));
        await grace.SayAsync(harbour, "anyone?");
        await grace.ExpectAsync(Shape.ListenerError(ChannelMessage, "Channel not found"));
    }

    [Test]
    public async Task DevPlayers_AreMembersThatDoNotCount()
    {
        var ada = await PlayerAsync("ada");
        var linus = await NewPlayerAsync("linus", ("x-talo-dev-build", "1"));
        var harbour = await CreateChannelAsync(ada);
        await JoinAsync(linus, harbour);
        await ForgetAsync(ada);

        Assert.That((await CallAsync("GET", harbour.Path)).Int("channel.memberCount"), Is.EqualTo(1));
        Assert.That(
            (await CallAsync("GET", harbour.Path, null, ("x-talo-include-dev-data", "1"))).Int("channel.memberCount"), Is.EqualTo(2));
        (await linus.CallAsync("GET", $"{harbour.Path}/members")).Expect(200, ChannelShape.Members(ada));
        var all = await linus.CallAsync("GET", $"{harbour.Path}/members", null, ("x-talo-include-dev-data", "1"));
        Assert.That(
            all.At("members").EnumerateArray().Select(member => member.GetProperty("id").GetInt32()),
            Is.EqualTo(new[] { ada.AliasId, linus.AliasId }));
    }

    /// <summary>A channel of both, of which both have read that they joined.</summary>
    private async Task<TestChannel> HarbourAsync(TestPlayer owner, TestPlayer member, string? members = null)
    {
        var harbour = await CreateChannelAsync(owner, members);
        await JoinAsync(member, harbour);
        await ForgetAsync(owner, member);
        return harbour;
    }
}
