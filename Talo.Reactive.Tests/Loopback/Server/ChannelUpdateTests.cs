using System;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;
using static Talo.Reactive.Tests.Loopback.Server.Expected;

namespace Talo.Reactive.Tests.Loopback.Server;

[TestFixture]
public sealed class ChannelUpdateTests
{
    private const string Changed = "2026-03-02T18:20:21.250Z";

    [Test]
    public async Task NameAndProps_AreToldWithTheOldTime()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, grace, path) = await HarbourAsync(probe);

        var answer = await probe.CallAsync(
            "PUT", path, """{"name":"  dock ","props":[{"key":"region","value":null},{"key":"level","value":"5"}]}""", ada.Alias);

        var dock = Dock("dock", Alias(1, "ada"), """{"key":"level","value":"5"}""");
        foreach (var member in new[] { ada, grace })
        {
            Assert.That(Normal(await member.NextAsync()), Is.EqualTo(
                $$"""{"res":"v1.channels.updated","data":{"channel":{{dock}},"changedProperties":["name","props"]}""" + "}"));
        }
        Assert.That((answer.Status, Normal(answer.Body)), Is.EqualTo((200, Reply(dock, Changed))));
    }

    [TestCase("""{"name":"harbour"}""", """["name"]""")]
    [TestCase("""{"props":[]}""", """["props"]""")]
    [TestCase("""{"props":[{"key":"new","value":"1"}]}""", """["props"]""")]
    [TestCase("""{"private":false,"temporaryMembership":false,"autoCleanup":false}""", """["autoCleanup","private","temporaryMembership"]""")]
    public async Task WhatIsSupplied_IsListedAndLeavesTheTimeAloneWhenTheChannelIsAsBefore(string body, string changed)
    {
        await using var probe = await Probe.StartAsync();
        var (ada, _, path) = await HarbourAsync(probe);

        var answer = await probe.CallAsync("PUT", path, body, ada.Alias);

        Assert.That(await ada.NextAsync(), Does.StartWith("""{"res":"v1.channels.updated",""").And.EndsWith($"\"changedProperties\":{changed}}}}}"));
        Assert.That(answer.Body, Does.Contain($"\"updatedAt\":\"{Stored}\",\"memberCount\":2"));
    }

    [TestCase("{}")]
    [TestCase("""{"name":"   "}""")]
    public async Task AnUpdateOfNothing_IsSilent(string body)
    {
        await using var probe = await Probe.StartAsync();
        var (ada, _, path) = await HarbourAsync(probe);

        var answer = await probe.CallAsync("PUT", path, body, ada.Alias);

        Assert.That((answer.Status, Normal(answer.Body)), Is.EqualTo((200, Reply(Dock("harbour", Alias(1, "ada")), Stored))));
        Assert.That(await ada.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
    }

    [Test]
    public async Task ATransferToAStranger_MakesItAMemberAndIsToldFirst()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, grace, path) = await HarbourAsync(probe);
        var joan = await probe.ConnectAsAsync("joan");
        await ada.NextAsync();
        await grace.NextAsync();

        var answer = await probe.CallAsync("PUT", path, """{"ownerAliasId":3,"name":"dock"}""", ada.Alias);

        var dock = Dock("dock", Alias(3, "joan", seen: LaterStored, presence: LaterOnline));
        foreach (var member in new[] { ada, grace, joan })
        {
            Assert.That(Normal(await member.NextAsync()), Is.EqualTo(
                $$"""{"res":"v1.channels.ownership-transferred","data":{"channel":{{dock}},"newOwner":{{Alias(3, "joan", seen: LaterStored, presence: LaterOnline)}}}""" + "}"));
            Assert.That(Normal(await member.NextAsync()), Is.EqualTo(
                $$"""{"res":"v1.channels.updated","data":{"channel":{{dock}},"changedProperties":["name","ownerAliasId"]}""" + "}"));
        }
        Assert.That(Normal(answer.Body), Is.EqualTo(Reply(dock, Changed).Replace("\"memberCount\":2", "\"memberCount\":3", StringComparison.Ordinal)));
        await joan.SendAsync(Message(1, "mine"));
        Assert.That(await joan.NextAsync(), Does.Contain("\"message\":\"mine\""));
    }

    [Test]
    public async Task ATransferAlone_IsOneEvent()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, grace, path) = await HarbourAsync(probe);

        await probe.CallAsync("PUT", path, """{"ownerAliasId":2}""", ada.Alias);
        await probe.CallAsync("PUT", path, """{"ownerAliasId":2}""", grace.Alias);

        for (var i = 0; i < 2; i++)
            Assert.That(await ada.NextAsync(), Does.StartWith("""{"res":"v1.channels.ownership-transferred","""));
        Assert.That(await ada.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
    }

    [Test]
    public async Task GivingTheOwnershipUp_IsSilent()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, _, path) = await HarbourAsync(probe);

        var answer = await probe.CallAsync("PUT", path, """{"ownerAliasId":null}""", ada.Alias);
        var refused = await probe.CallAsync("PUT", path, """{"name":"x"}""", ada.Alias);

        Assert.That(Normal(answer.Body), Is.EqualTo(Reply(Dock("harbour", "null"), Changed)));
        Assert.That((refused.Status, refused.Body), Is.EqualTo((403, """{"message":"This player is not the owner of the channel"}""")));
        Assert.That(await ada.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
    }

    [TestCase("""{"ownerAliasId":999}""", 404, """{"message":"New owner not found"}""")]
    [TestCase("""{"ownerAliasId":1.5,"name":"x"}""", 404, """{"message":"New owner not found"}""")]
    [TestCase("""{"ownerAliasId":"2"}""", 400, """{"errors":{"ownerAliasId":["Invalid input: expected number, received string"]}}""")]
    [TestCase("""{"name":null}""", 400, """{"errors":{"name":["Invalid input: expected string, received null"]}}""")]
    [TestCase("""{"props":null}""", 400, """{"errors":{"props":["Props must be an array"]}}""")]
    [TestCase("""{"props":[{"key":"k"}]}""", 400, """{"errors":{"props.0.value":["Invalid input: expected string, received undefined"]}}""")]
    [TestCase("""{"private":null}""", 400, """{"errors":{"private":["Invalid input: expected boolean, received null"]}}""")]
    [TestCase("""{"name":"LONG"}""", 500, """{"message":"Something went wrong, please try again later"}""")]
    [TestCase("""{"name":"x","props":[{"key":"LONG","value":"1"}]}""", 400,
        """{"errors":{"props":["One or more props are invalid, see rejectedProps"]},"rejectedProps":[{"key":"LONG","error":"PROP_KEY_TOO_LONG","message":"Prop key length (256) exceeds 128 characters"}]}""")]
    public async Task WhatIsRefused_ChangesNothing(string body, int status, string expected)
    {
        await using var probe = await Probe.StartAsync();
        var (ada, _, path) = await HarbourAsync(probe);
        var text = new string('l', 256);

        var answer = await probe.CallAsync("PUT", path, body.Replace("LONG", text, StringComparison.Ordinal), ada.Alias);
        var after = await probe.CallAsync("GET", path);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((status, expected.Replace("LONG", text, StringComparison.Ordinal)
            .Replace($"PROP_KEY_TOO_{text}", "PROP_KEY_TOO_LONG", StringComparison.Ordinal))));
        Assert.That(Normal(after.Body), Is.EqualTo(Reply(Dock("harbour", Alias(1, "ada")), Stored)));
        Assert.That(await ada.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
    }

    [Test]
    public async Task AnInvitation_JoinsAtOnceAndOnce()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, grace, path) = await HarbourAsync(probe);
        await probe.CallAsync("PUT", path, """{"private":true}""", ada.Alias);
        var joan = await probe.ConnectAsAsync("joan");
        foreach (var member in new[] { ada, grace })
        {
            await member.NextAsync();
            await member.NextAsync();
        }

        var invited = await probe.CallAsync("POST", path + "/invite", """{"inviteeAliasId":3}""", ada.Alias);
        var again = await probe.CallAsync("POST", path + "/invite", """{"inviteeAliasId":3}""", ada.Alias);

        Assert.That((invited.Status, invited.Body, again.Status), Is.EqualTo((204, "", 204)));
        foreach (var member in new[] { ada, grace, joan })
        {
            Assert.That(await member.NextAsync(), Does.StartWith("""{"res":"v1.channels.player-joined",""").And.Contain("\"playerAlias\":{\"id\":3,"));
            Assert.That(await member.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
        }
    }

    [TestCase(2, """{"inviteeAliasId":999}""", 403, """{"message":"This player is not the owner of the channel"}""")]
    [TestCase(1, """{"inviteeAliasId":999}""", 404, """{"message":"Invitee not found"}""")]
    [TestCase(1, """{"inviteeAliasId":1.5}""", 404, """{"message":"Invitee not found"}""")]
    [TestCase(1, """{"inviteeAliasId":1}""", 400, """{"message":"Players cannot invite themselves"}""")]
    [TestCase(1, "{}", 400, """{"errors":{"inviteeAliasId":["Invalid input: expected number, received undefined"]}}""")]
    public async Task InvitationsAreRefused_InTalosOrder(int alias, string body, int status, string expected)
    {
        await using var probe = await Probe.StartAsync();
        var (_, _, path) = await HarbourAsync(probe);

        var answer = await probe.CallAsync("POST", path + "/invite", body, alias);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((status, expected)));
    }

    [TestCase("", "ada grace")]
    [TestCase("?aliasId=2", "grace")]
    [TestCase("?aliasId=0", "ada grace")]
    [TestCase("?identifier=ADA", "ada")]
    [TestCase("?identifier=ad", "")]
    [TestCase("?identifier=", "ada grace")]
    [TestCase("?playerPropKey=level", "grace")]
    [TestCase("?playerPropKey=level&playerPropValue=7", "grace")]
    [TestCase("?playerPropKey=level&playerPropValue=8", "")]
    [TestCase("?playerPropValue=8", "ada grace")]
    [TestCase("?playerId=PLAYER", "ada")]
    [TestCase("?playerGroupId=PLAYER", "")]
    [TestCase("?propKey=level", "ada grace")]
    public async Task Members_AreFiltered(string query, string expected)
    {
        await using var probe = await Probe.StartAsync();
        var (ada, grace, path) = await HarbourAsync(probe);
        await probe.CallAsync("PATCH", $"/v1/players/{grace.Player}", """{"props":[{"key":"level","value":"7"}]}""");

        var answer = await probe.CallAsync(
            "GET", $"{path}/members{query.Replace("PLAYER", ada.Player, StringComparison.Ordinal)}", alias: ada.Alias);

        var members = answer.Root.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("identifier").GetString());
        Assert.That(string.Join(' ', members), Is.EqualTo(expected));
    }

    [TestCase("?playerId=x", """{"errors":{"playerId":["Invalid UUID"]}}""")]
    [TestCase("?playerGroupId=", """{"errors":{"playerGroupId":["Invalid UUID"]}}""")]
    [TestCase("?aliasId=1.5", """{"errors":{"aliasId":["Invalid input: expected int, received number"]}}""")]
    [TestCase("?aliasId=x&page=-1", """{"errors":{"page":["Too small: expected number to be >=0"],"aliasId":["Invalid input: expected number, received NaN"]}}""")]
    public async Task AMalformedMemberFilter_Is400EvenForStrangers(string query, string expected)
    {
        await using var probe = await Probe.StartAsync();
        var (_, _, path) = await HarbourAsync(probe);
        var (stranger, _, _) = await probe.IdentifyAsync("joan");

        var answer = await probe.CallAsync("GET", $"{path}/members{query}", alias: stranger);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((400, expected)));
    }

    private const string LaterStored = "2026-03-02T18:20:21.000Z";
    private const string LaterOnline = $$"""{"online":true,"customStatus":"","updatedAt":"{{LaterStored}}"}""";

    private static string Dock(string name, string owner, string props = """{"key":"region","value":"eu"}""") =>
        Channel(1, name, owner, props: props);

    private static string Reply(string channel, string updatedAt) =>
        $$"""{"channel":{{channel[..channel.LastIndexOf("\"updatedAt\"", StringComparison.Ordinal)]}}"updatedAt":"{{updatedAt}}","memberCount":2}""" + "}";

    // Ten seconds later than all of it the tests begin.
    private static async Task<(ProbeSocket Ada, ProbeSocket Grace, string Path)> HarbourAsync(Probe probe)
    {
        var ada = await probe.ConnectAsAsync("ada");
        var grace = await probe.ConnectAsAsync("grace");
        await ada.NextAsync();
        var channel = await probe.CreateChannelAsync(ada, """{"name":"harbour","props":[{"key":"region","value":"eu"}]}""");
        await probe.CallAsync("POST", $"/v1/game-channels/{channel}/join", alias: grace.Alias);
        await ada.NextAsync();
        await grace.NextAsync();
        probe.Clock.Advance(TimeSpan.FromSeconds(10));
        return (ada, grace, $"/v1/game-channels/{channel}");
    }
}
