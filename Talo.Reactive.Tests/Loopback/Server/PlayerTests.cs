using System;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;
using static Talo.Reactive.Tests.Loopback.Server.Expected;

namespace Talo.Reactive.Tests.Loopback.Server;

[TestFixture]
public sealed class PlayerTests
{
    private const string Level = """{"key":"level","value":"7"}""";
    private const string Tags = """{"key":"tags[]","value":"a"},{"key":"tags[]","value":"b"}""";

    [Test]
    public async Task Props_AreMergedAndAnsweredWithoutAliases()
    {
        await using var probe = await Probe.StartAsync();
        var (_, player, _) = await probe.IdentifyAsync("ada");

        var first = await PatchAsync(probe, player, $"{Tags},{Level}");
        var second = await PatchAsync(probe, player, $$"""{"key":"level","value":"{{new string('v', 513)}}"},{"key":"META_X","value":"1"}""");
        var nothing = await probe.CallAsync("PATCH", $"/v1/players/{player}", "{}");

        Assert.That(Normal(first.Body), Is.EqualTo($$"""{"player":{{Player($"{Level},{Tags}", "")}},"rejectedProps":[]}"""));
        Assert.That(Normal(second.Body), Is.EqualTo(
            $$"""{"player":{{Player(Tags, "")}},"rejectedProps":[{"key":"level","error":"PROP_VALUE_TOO_LONG","message":"Prop value length (513) exceeds 512 characters"}]}"""));
        Assert.That(Normal(nothing.Body), Is.EqualTo($$"""{"player":{{Player(Tags, "")}},"rejectedProps":[]}"""));
        Assert.That(Normal((await probe.CallAsync("GET", $"/v1/players/{player}")).Body), Is.EqualTo(
            $$"""{"player":{{Player("", Alias(1, "ada", NoPresence))}}}"""));
    }

    [TestCase("""{"props":null}""", """{"errors":{"props":["Props must be an array"]}}""")]
    [TestCase("""{"props":[{"key":"n","value":5}]}""", """{"errors":{"props.0.value":["Invalid input: expected string, received number"]}}""")]
    [TestCase("""{"props":[{}]}""", """{"errors":{"props.0.key":["Invalid input: expected string, received undefined"],"props.0.value":["Invalid input: expected string, received undefined"]}}""")]
    public async Task BadProps_Are400(string body, string expected)
    {
        await using var probe = await Probe.StartAsync();

        var answer = await probe.CallAsync("PATCH", "/v1/players/nobody", body);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((400, expected)));
    }

    // Ids are searched too, and are random: what is to find one player only holds a letter that no id has.
    [TestCase("JOAN", "joan")]
    [TestCase("r%25e", "grace")]
    [TestCase("seven", "grace")]
    [TestCase("a", "joan grace ada")]
    [TestCase("PLAYER", "ada")]
    [TestCase("nobody", "")]
    public async Task Search_FindsIdentifiersPropsAndIdsLastSeenFirst(string query, string expected)
    {
        await using var probe = await Probe.StartAsync();
        var (_, ada, _) = await probe.IdentifyAsync("ada");
        probe.Clock.Advance(TimeSpan.FromSeconds(2));
        var (_, grace, _) = await probe.IdentifyAsync("grace");
        await PatchAsync(probe, grace, """{"key":"level","value":"Seven"}""");
        probe.Clock.Advance(TimeSpan.FromSeconds(2));
        await probe.IdentifyAsync("joan");
        await probe.CallAsync(
            "GET", "/v1/players/identify?service=username&identifier=joanna", headers: ("x-talo-dev-build", "1"));

        var answer = await probe.CallAsync("GET", $"/v1/players/search?query={query.Replace("PLAYER", ada, StringComparison.Ordinal)}");

        var names = answer.Root.GetProperty("players").EnumerateArray()
            .Select(player => player.GetProperty("aliases")[0].GetProperty("identifier").GetString()).ToList();
        Assert.That(string.Join(' ', names), Is.EqualTo(expected));
        Assert.That(answer.Body, Does.EndWith($"\"count\":{names.Count},\"itemsPerPage\":25,\"isLastPage\":true}}"));
    }

    [Test]
    public async Task Search_ShowsPropsAndAliases()
    {
        await using var probe = await Probe.StartAsync();
        var (_, player, _) = await probe.IdentifyAsync("ada");
        await PatchAsync(probe, player, Level);

        var answer = await probe.CallAsync("GET", "/v1/players/search?query=7");

        Assert.That(Normal(answer.Body), Is.EqualTo(
            $$"""{"players":[{{Player(Level, Alias(1, "ada", NoPresence, props: Level))}}],"count":1,"itemsPerPage":25,"isLastPage":true}"""));
    }

    [TestCase("", "query is missing from the request query")]
    [TestCase("?query=", "Query must be a non-empty string")]
    [TestCase("?query=%20-%20", "Query must be a non-empty string")]
    public async Task SearchForNothing_Is400(string query, string expected)
    {
        await using var probe = await Probe.StartAsync();

        var answer = await probe.CallAsync("GET", "/v1/players/search" + query);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((400, $$$"""{"errors":{"query":["{{{expected}}}"]}}""")));
    }

    [Test]
    public async Task AMerge_MovesAliasesWithAllThatHangsOnThem()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, into, _) = await probe.IdentifyAsync("ada");
        var grace = await probe.ConnectAsAsync("grace", service: "custom");
        await probe.CreateChannelAsync(grace, """{"name":"harbour"}""");
        await PatchAsync(probe, into, $$"""{{Level}},{{Tags}},{"key":"mine","value":"1"}""");
        await PatchAsync(probe, grace.Player, """{"key":"level","value":"8"}""");

        var answer = await MergeAsync(probe, into, grace.Player, ada);

        const string props = """{"key":"level","value":"8"},{"key":"mine","value":"1"},{"key":"tags[]","value":"a"}""";
        var moved = Alias(2, "grace", NoPresence, props: props).Replace("\"username\"", "\"custom\"", StringComparison.Ordinal);
        Assert.That(Normal(answer.Body), Is.EqualTo(
            $$"""{"player":{{Player(props, $"{Alias(1, "ada", NoPresence, props: props)},{moved}")}}}"""));
        Assert.That((await probe.CallAsync("GET", $"/v1/players/{grace.Player}")).Status, Is.EqualTo(404));
        await grace.SendAsync(Message(1, "still here"));
        Assert.That(await grace.NextAsync(), Does.Contain($"\"player\":{{\"id\":\"{into}\"").And.Contain("still here"));
        Assert.That((await probe.CallAsync("PUT", "/v1/game-channels/1", """{"name":"dock"}""", grace.Alias)).Status, Is.EqualTo(200));
        var again = await probe.CallAsync("GET", "/v1/players/identify?service=custom&identifier=grace");
        Assert.That(again.Body, Does.Contain($"\"player\":{{\"id\":\"{into}\""));
    }

    [TestCase("username", "custom", "1", "1", 400, "Cannot merge a player into themselves")]
    [TestCase("username", "custom", "0", "2", 404, "Player 0 does not exist")]
    [TestCase("username", "custom", "1", "0", 404, "Player 0 does not exist")]
    [TestCase("steam", "custom", "1", "2", 403, "This merge must be initiated by player 1")]
    [TestCase("game_center", "custom", "1", "2", 403, "This merge must be initiated by player 1")]
    [TestCase("username", "steam", "1", "2", 400, "Player 2 has a Steam alias and cannot be merged")]
    [TestCase("username", "google_play_games", "1", "2", 400, "Player 2 has a Google Play Games alias and cannot be merged")]
    [TestCase("username", "username", "1", "2", 400, "Cannot merge players: both players have aliases with the following service(s): username")]
    [TestCase("username", "game_center", "1", "2", 200, "")]
    public async Task Merges_AreRefusedAsTaloDoes(string first, string second, string into, string from, int status, string message)
    {
        await using var probe = await Probe.StartAsync();
        var one = await IdAsync(probe, first, "ada");
        var two = await IdAsync(probe, second, "grace");
        var caller = (await probe.IdentifyAsync("joan")).Alias;
        var nobody = $"{Guid.NewGuid()}";

        var answer = await MergeAsync(probe, IdOf(into), IdOf(from), caller);

        Assert.That(answer.Status, Is.EqualTo(status));
        if (status != 200)
        {
            var text = answer.Text("message");
            foreach (var name in new[] { "0", "1", "2" })
                text = text.Replace(IdOf(name), name, StringComparison.Ordinal);
            Assert.That(text, Is.EqualTo(message));
        }

        string IdOf(string name) => name switch { "1" => one, "2" => two, _ => nobody };
    }

    [TestCase("{}", """{"errors":{"playerId1":["Invalid input: expected string, received undefined"],"playerId2":["Invalid input: expected string, received undefined"]}}""")]
    [TestCase("""{"playerId1":"x","playerId2":5}""", """{"errors":{"playerId1":["Invalid UUID"],"playerId2":["Invalid input: expected string, received number"]}}""")]
    public async Task AMergeOfNoIds_Is400(string body, string expected)
    {
        await using var probe = await Probe.StartAsync();
        var (alias, _, _) = await probe.IdentifyAsync("ada");

        var answer = await probe.CallAsync("POST", "/v1/players/merge", body, alias);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((400, expected)));
    }

    private static string Player(string props, string aliases) =>
        $$"""{"id":"<uuid>","props":[{{props}}],"aliases":[{{aliases}}],"devBuild":false,"createdAt":"{{Stored}}","lastSeenAt":"{{Stored}}","groups":[],"presence":null}""";

    private static Task<Answer> PatchAsync(Probe probe, string player, string props) =>
        probe.CallAsync("PATCH", $"/v1/players/{player}", $$"""{"props":[{{props}}]}""");

    private static Task<Answer> MergeAsync(Probe probe, string into, string from, int caller) =>
        probe.CallAsync("POST", "/v1/players/merge", $$"""{"playerId1":"{{into}}","playerId2":"{{from}}"}""", caller);

    private static async Task<string> IdAsync(Probe probe, string service, string name)
    {
        var answer = await probe.CallAsync("GET", $"/v1/players/identify?service={service}&identifier={name}");
        return answer.Root.GetProperty("alias").GetProperty("player").GetProperty("id").GetString()!;
    }
}
