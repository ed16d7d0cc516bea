using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class StorageConformance : ConformanceTests
{
    private static readonly string LongText = new('v', 513);

    private TestPlayer ada = null!;
    private TestPlayer grace = null!;
    private TestChannel store = null!;

    [SetUp]
    public async Task OpenAStoreAsync()
    {
        (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        store = await CreateChannelAsync(ada);
        await JoinAsync(grace, store);
        await ForgetAsync(ada, grace);
    }

    [Test]
    public async Task AScalar_IsCreatedUpdatedAndDeleted()
    {
        await WritesAsync(
            ada, [("score", "1"), ("map", "forest")], [Row("score", "1", ada), Row("map", "forest", ada)]);
        await WritesAsync(grace, [("score", "2")], [Row("score", "2", ada, grace)]);
        await WritesAsync(grace, [("score", "2")], [Row("score", "2", ada, grace)]);
        await WritesAsync(ada, [("map", null)], [], [Row("map", "forest", ada)]);
        await WritesAsync(ada, [("score", "")], [], [Row("score", "2", ada)]);
        await ReadsAsync("score", "null");
    }

    [Test]
    public async Task AWriteOfNothing_IsToldAsWell()
    {
        await WritesAsync(ada, [], []);
        await WritesAsync(ada, [("nope", null)], []);
        await WritesAsync(ada, [("nope", "")], []);
        await WritesAsync(ada, [("", "x")], []);
    }

    [Test]
    public async Task TheLastOfTwoValues_CountsAtThePlaceOfTheFirst()
    {
        await WritesAsync(ada, [("dup", "1"), ("other", "1"), ("dup", "2")], [Row("dup", "2", ada), Row("other", "1", ada)]);
    }

    [Test]
    public async Task KeysThatDifferInCase_AreDifferentKeys()
    {
        await WritesAsync(ada, [("gold", "1"), ("Gold", "2")], [Row("gold", "1", ada), Row("Gold", "2", ada)]);
        await WritesAsync(ada, [("Gold", null)], [], [Row("Gold", "2", ada)]);
        await ReadsAsync("gold", Row("gold", "1", ada));
    }

    [Test]
    public async Task AnArray_IsReplacedAsAWhole()
    {
        await WritesAsync(
            ada,
            [("items[]", "sword"), ("items[]", "shield"), ("items[]", "sword")],
            [Row("items[]", "sword", ada), Row("items[]", "shield", ada)]);
        await WritesAsync(
            grace,
            [("items[]", "shield"), ("items[]", "bow")],
            [Row("items[]", "shield", ada, grace), Row("items[]", "bow", ada, grace)],
            [Row("items[]", "sword", ada, grace)]);
        await ReadsAsync("items%5B%5D", Row("items[]", """[\"shield\",\"bow\"]""", ada, grace));
        await ListsAsync(
            "propKeys=items%5B%5D&propKeys=score", Row("items[]", "shield", ada, grace), Row("items[]", "bow", ada, grace));
        await WritesAsync(
            ada, [("items[]", null)], [], [Row("items[]", "shield", ada), Row("items[]", "bow", ada)]);
        await ReadsAsync("items%5B%5D", "null");
    }

    [Test]
    public async Task Scalars_PrecedeArrays()
    {
        await WritesAsync(
            ada,
            [("t[]", "1"), ("a", "1"), ("u[]", ""), ("b", "1")],
            [Row("a", "1", ada), Row("b", "1", ada), Row("t[]", "1", ada), Row("u[]", "", ada)]);
        await WritesAsync(ada, [("t[]", null), ("b", null)], [], [Row("b", "1", ada), Row("t[]", "1", ada)]);
        await ReadsAsync("u[]", Row("u[]", """[\"\"]""", ada));
    }

    [Test]
    public async Task WhatIsTooLong_FailsAndTheRestIsWritten()
    {
        var longKey = new string('k', 129);
        await WritesAsync(ada, [("kept[]", "1"), ("long", "1")], [Row("long", "1", ada), Row("kept[]", "1", ada)]);

        await WritesAsync(
            ada,
            [("kept[]", LongText), ("kept[]", "2"), (longKey, "x"), ("long", LongText), ("good", "ok")],
            [Row("good", "ok", ada)],
            [],
            [ChannelShape.TooLongAKey(longKey), ChannelShape.TooLongAValue("long"), ChannelShape.TooLongAValue("kept[]")]);

        await ListsAsync("propKeys=kept[]&propKeys=long", Row("kept[]", "1", ada), Row("long", "1", ada));
    }

    [Test]
    public async Task TheLimits_AreInside()
    {
        var (key, value) = (new string('k', 128), new string('v', 512));

        await WritesAsync(ada, [(key, value)], [Row(key, value, ada)]);
    }

    [Test]
    public async Task AnArrayOf1001Values_FailsAsOne()
    {
        var values = Enumerable.Range(0, 1001).Select(i => ("big[]", (string?)$"v{i}")).ToArray();

        await WritesAsync(
            ada, values, [], [],
            [ChannelShape.Rejected("big[]", "PROP_ARRAY_TOO_LONG", "Prop array length (1001) for key 'big[]' exceeds 1000 items")]);
    }

    [Test]
    public async Task AList_IsInTheOrderAskedFor()
    {
        await WritesAsync(ada, [("good", "ok"), ("dup", "2")], [Row("good", "ok", ada), Row("dup", "2", ada)]);

        await ListsAsync(
            "propKeys=dup&propKeys=none&propKeys=good&propKeys=dup", Row("dup", "2", ada), Row("good", "ok", ada), Row("dup", "2", ada));
        await ListsAsync("propKeys=good", Row("good", "ok", ada));
        await ListsAsync("propKeys=good,dup");
    }

    [TestCase("?propKey=missing", 200, """{"prop":null}""")]
    [TestCase("?propKey=", 200, """{"prop":null}""")]
    [TestCase("", 400, """{"errors":{"propKey":["Invalid input: expected string, received undefined"]}}""")]
    [TestCase("/list", 400, """{"errors":{"propKeys":["propKeys is missing from the request query"]}}""")]
    [TestCase("/list?propKeys[]=good", 400, """{"errors":{"propKeys":["propKeys is missing from the request query"]}}""")]
    [TestCase("/list?propKeys=", 400, """{"errors":{"propKeys":["All keys must be non-empty strings"]}}""")]
    public async Task OddReads_AreAnswered(string tail, int status, string body)
    {
        (await grace.CallAsync("GET", $"{store.Path}/storage{tail}")).Expect(status, body);
    }

    [Test]
    public async Task AList_IsOfFiftyKeysAtMost()
    {
        var keys = string.Join('&', Enumerable.Range(0, 50).Select(i => $"propKeys=k{i}"));

        await ListsAsync(keys);
        (await grace.CallAsync("GET", $"{store.Path}/storage/list?{keys}&propKeys=one-more"))
            .Expect(400, Shape.Errors("propKeys", "Maximum 50 keys allowed per request"));
    }

    [TestCase("{}", "props", "Props must be an array")]
    [TestCase("""{"props":{"a":"b"}}""", "props", "Props must be an array")]
    [TestCase("""{"props":[{"key":"n","value":5}]}""", "props.0.value", "Invalid input: expected string, received number")]
    [TestCase("""{"props":[{"key":"n"}]}""", "props.0.value", "Invalid input: expected string, received undefined")]
    [TestCase("""{"props":[{"value":"n"}]}""", "props.0.key", "Invalid input: expected string, received undefined")]
    public async Task ABadBody_IsRefused(string body, string path, string message)
    {
        (await ada.CallAsync("PUT", $"{store.Path}/storage", body)).Expect(400, Shape.Errors(path, message));
    }

    [Test]
    public async Task AStranger_NeitherReadsNorWrites()
    {
        var joan = await PlayerAsync("joan");
        var refused = Shape.Message("This player is not a member of the channel");

        (await joan.CallAsync("PUT", $"{store.Path}/storage", """{"props":[{"key":"a","value":"b"}]}""")).Expect(403, refused);
        (await joan.CallAsync("GET", $"{store.Path}/storage?propKey=good")).Expect(403, refused);
        (await joan.CallAsync("GET", $"{store.Path}/storage/list?propKeys=good")).Expect(403, refused);
        (await joan.CallAsync("PUT", "/v1/game-channels/999999999/storage", """{"props":[]}""")).Expect(404, Shape.Message("Channel not found"));
    }

    private static string Row(string key, string value, TestPlayer createdBy, TestPlayer? lastUpdatedBy = null) =>
        ChannelShape.Stored(key, value, createdBy, lastUpdatedBy);

    /// <summary>States what a write is answered, and that both members are told the same.</summary>
    private async Task WritesAsync(
        TestPlayer writer, (string Key, string? Value)[] asked, string[] upserted, string[]? deleted = null, string[]? failed = null)
    {
        var props = asked.Select(prop => $$"""{"key":"{{prop.Key}}","value":{{(prop.Value is null ? "null" : $"\"{prop.Value}\"")}}}""");
        var done = $$"""
            "channel":{{Shape.Channel(store, ada)}},"upsertedProps":[{{string.Join(',', upserted)}}],"deletedProps":[{{string.Join(',', deleted ?? [])}}]
            """;

        (await writer.CallAsync("PUT", $"{store.Path}/storage", $$"""{"props":[{{string.Join(',', props)}}]}"""))
            .Expect(200, $$"""{{{done}},"failedProps":[{{string.Join(',', failed ?? [])}}]}""");

        foreach (var member in new[] { ada, grace })
            await member.ExpectAsync(Shape.Event("v1.channels.storage.updated", $$"""{{{done}}}"""));
    }

    private async Task ReadsAsync(string key, string prop) =>
        (await grace.CallAsync("GET", $"{store.Path}/storage?propKey={key}")).Expect(200, $$"""{"prop":{{prop}}}""");

    private async Task ListsAsync(string query, params string[] props) =>
        (await grace.CallAsync("GET", $"{store.Path}/storage/list?{query}")).Expect(200, $$"""{"props":[{{string.Join(',', props)}}]}""");
}
