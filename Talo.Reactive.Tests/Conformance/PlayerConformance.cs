using System;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class PlayerConformance : ConformanceTests
{
    private const string Arrays = """{"key":"inv[]","value":"a"},{"key":"inv[]","value":"b"}""";

    [Test]
    public async Task APlayer_IsShownWithItsAliasesAndWithoutItsProps()
    {
        var linus = await NewPlayerAsync("linus");
        await linus.CallAsync("PATCH", $"/v1/players/{linus.PlayerId}", """{"props":[{"key":"level","value":"5"}]}""");

        (await CallAsync("GET", $"/v1/players/{linus.PlayerId}"))
            .Expect(200, $$"""{"player":{{Player(linus, "", Shape.Alias(linus, Shape.NoPresence))}}}""");
    }

    [Test]
    public async Task NobodysId_IsNotFound()
    {
        var nobody = Guid.NewGuid();

        (await CallAsync("GET", $"/v1/players/{nobody}")).Expect(404, Shape.Message("Player not found"));
        (await CallAsync("GET", "/v1/players/nobody")).Expect(404, Shape.Message("Player not found"));
        (await CallAsync("PATCH", $"/v1/players/{nobody}", """{"props":[]}""")).Expect(404, Shape.Message("Player not found"));
    }

    [Test]
    public async Task Props_AreMergedAsFarAsTheyCanBe()
    {
        var linus = await NewPlayerAsync("linus");
        const string level = """{"key":"level","value":"5"}""";
        const string ok = """{"key":"ok","value":"1"}""";

        await PatchesAsync($$"""{"props":[{{Arrays}},{{level}}]}""", $"{level},{Arrays}");
        await PatchesAsync("{}", $"{level},{Arrays}");
        await PatchesAsync("""{"props":[{"key":"META_X","value":"1"},{"key":"level","value":null}]}""", Arrays);
        await PatchesAsync($$"""{"props":[{"key":"","value":"1"},{{ok}},{"key":"ok","value":"2"}]}""", $"{ok},{Arrays}");
        await PatchesAsync(
            $$"""{"props":[{"key":"ok","value":"{{new string('v', 513)}}"},{{level}}]}""", $"{level},{Arrays}", ChannelShape.TooLongAValue("ok"));
        await PatchesAsync(
            $$"""{"props":[{"key":"inv[]","value":"c"},{"key":"inv[]","value":"{{new string('v', 514)}}"}]}""",
            $"{level},{Shape.Prop("inv[]", "c")}",
            ChannelShape.TooLongAValue("inv[]", 514));

        async Task PatchesAsync(string body, string props, params string[] rejected) =>
            (await CallAsync("PATCH", $"/v1/players/{linus.PlayerId}", body)).Expect(
                200, $$"""{"player":{{Player(linus, props, "")}},"rejectedProps":[{{string.Join(',', rejected)}}]}""");
    }

    [TestCase("""{"props":[{"key":"n","value":5}]}""", "props.0.value", "Invalid input: expected string, received number")]
    [TestCase("""{"props":[{"key":"n"}]}""", "props.0.value", "Invalid input: expected string, received undefined")]
    [TestCase("""{"props":{}}""", "props", "Props must be an array")]
    public async Task BadProps_AreRefused(string body, string path, string message)
    {
        var ada = await PlayerAsync("ada");

        (await CallAsync("PATCH", $"/v1/players/{ada.PlayerId}", body)).Expect(400, Shape.Errors(path, message));
    }

    [Test]
    public async Task Search_FindsIdentifiersIdsAndPropValues()
    {
        var linus = await NewPlayerAsync("linus");
        var value = Unique("value");
        await linus.CallAsync("PATCH", $"/v1/players/{linus.PlayerId}", $$"""{"props":[{"key":"nick","value":"{{value}}"}]}""");
        var props = Shape.Prop("nick", value);
        var found = Player(linus, props, Shape.Alias(linus, Shape.NoPresence, props));

        foreach (var query in new[] { linus.Identifier, linus.PlayerId, value.ToUpperInvariant(), $"v_l%25{value["value".Length..]}" })
            (await CallAsync("GET", $"/v1/players/search?query={query}")).Expect(200, Found(found));
        (await CallAsync("GET", $"/v1/players/search?query={Unique("nobody")}")).Expect(200, Found());
    }

    [Test]
    public async Task Search_LeavesDevPlayersOut()
    {
        var linus = await NewPlayerAsync("linus", ("x-talo-dev-build", "1"));

        (await CallAsync("GET", $"/v1/players/search?query={linus.Identifier}")).Expect(200, Found());
        var all = await CallAsync("GET", $"/v1/players/search?query={linus.Identifier}", null, ("x-talo-include-dev-data", "1"));
        Assert.That(all.Text("players.0.id"), Is.EqualTo(linus.PlayerId));
    }

    [TestCase("", "query is missing from the request query")]
    [TestCase("?query=", "Query must be a non-empty string")]
    [TestCase("?query=%20--", "Query must be a non-empty string")]
    public async Task SearchForNothing_IsRefused(string query, string message)
    {
        (await CallAsync("GET", $"/v1/players/search{query}")).Expect(400, Shape.Errors("query", message));
    }

    [Test]
    public async Task AMerge_MovesTheAliasesWithTheirChannels()
    {
        var linus = await NewPlayerAsync("linus");
        var (custom, customName, customPlayer) = await IdentifyAsync("custom");
        await PatchAsync(linus.PlayerId, $$"""{"key":"ok","value":"1"},{{Arrays}},{"key":"mine","value":"1"}""");
        await PatchAsync(customPlayer, """{"key":"ok","value":"2"}""");
        var name = Unique("channel");
        var channel = await CallAsync("POST", "/v1/game-channels", $$"""{"name":"{{name}}"}""", ("x-talo-alias", $"{custom}"));
        var path = $"/v1/game-channels/{channel.Int("channel.id")}";
        AfterTest(() => CallAsync("DELETE", path, null, ("x-talo-alias", $"{custom}")));

        var answer = await linus.CallAsync("POST", "/v1/players/merge", Merge(linus.PlayerId, customPlayer));

        var props = ChannelShape.Props(("ok", "2"), ("mine", "1"), ("inv[]", "a"));
        var first = Shape.Alias(linus, Shape.NoPresence, props);
        var second = first
            .Replace($"\"id\":{linus.AliasId},\"service\":\"username\"", $"\"id\":{custom},\"service\":\"custom\"", StringComparison.Ordinal)
            .Replace(linus.Identifier, customName, StringComparison.Ordinal);
        answer.Expect(200, $$"""{"player":{{Player(linus, props, $"{first},{second}")}}}""");
        (await CallAsync("GET", $"/v1/players/{customPlayer}")).Expect(404, Shape.Message("Player not found"));
        var again = await CallAsync("GET", $"/v1/players/identify?service=custom&identifier={customName}");
        Assert.That((again.Int("alias.id"), again.Text("alias.player.id")), Is.EqualTo((custom, linus.PlayerId)));
        var owned = await CallAsync("GET", path);
        Assert.That((owned.Int("channel.owner.id"), owned.Text("channel.owner.player.id")), Is.EqualTo((custom, linus.PlayerId)));
    }

    [Test]
    public async Task Merges_AreRefused()
    {
        var (ada, linus) = (await PlayerAsync("ada"), await NewPlayerAsync("linus"));
        var nobody = $"{Guid.NewGuid()}";

        await IsRefusedAsync(ada.PlayerId, ada.PlayerId, 400, "Cannot merge a player into themselves");
        await IsRefusedAsync(nobody, linus.PlayerId, 404, $"Player {nobody} does not exist");
        await IsRefusedAsync(ada.PlayerId, nobody, 404, $"Player {nobody} does not exist");
        await IsRefusedAsync(
            ada.PlayerId, linus.PlayerId, 400, "Cannot merge players: both players have aliases with the following service(s): username");
        (await ada.CallAsync("POST", "/v1/players/merge", "{}")).Expect(400,
            """{"errors":{"playerId1":["Invalid input: expected string, received undefined"],"playerId2":["Invalid input: expected string, received undefined"]}}""");
        (await ada.CallAsync("POST", "/v1/players/merge", Merge("x", nobody))).Expect(400, Shape.Errors("playerId1", "Invalid UUID"));

        async Task IsRefusedAsync(string into, string from, int status, string message) =>
            (await ada.CallAsync("POST", "/v1/players/merge", Merge(into, from))).Expect(status, Shape.Message(message));
    }

    private static string Merge(string into, string from) => $$"""{"playerId1":"{{into}}","playerId2":"{{from}}"}""";

    private static Task<Answer> PatchAsync(string player, string props) =>
        CallAsync("PATCH", $"/v1/players/{player}", $$"""{"props":[{{props}}]}""");

    private static async Task<(int Alias, string Name, string Player)> IdentifyAsync(string service)
    {
        var name = Unique(service);
        var answer = await CallAsync("GET", $"/v1/players/identify?service={service}&identifier={name}");
        return (answer.Int("alias.id"), name, answer.Text("alias.player.id"));
    }

    /// <summary>A player without a presence, at the top of an answer.</summary>
    private static string Player(TestPlayer player, string props, string aliases) =>
        $$"""{"id":"{{player.PlayerId}}","props":[{{props}}],"aliases":[{{aliases}}],"devBuild":false,"createdAt":"<time>","lastSeenAt":"<time>","groups":[],"presence":null}""";

    private static string Found(params string[] players) =>
        $$"""{"players":[{{string.Join(',', players)}}],"count":{{players.Length}},"itemsPerPage":25,"isLastPage":true}""";
}
