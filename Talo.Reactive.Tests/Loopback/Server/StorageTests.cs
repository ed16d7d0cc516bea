using System;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;
using static Talo.Reactive.Tests.Loopback.Server.Expected;

namespace Talo.Reactive.Tests.Loopback.Server;

[TestFixture]
public sealed class StorageTests
{
    private const string Path = "/v1/game-channels/1/storage";

    [Test]
    public async Task AWrite_IsToldToAllMembers()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, grace) = await HarbourAsync(probe);

        var first = await WriteAsync(probe, ada, """{"key":"gold","value":"80"},{"key":"long","value":"LONG"}""");
        var second = await WriteAsync(probe, grace, """{"key":"gold","value":"81"}""");
        var third = await WriteAsync(probe, grace, """{"key":"gold","value":null}""");

        var harbour = Channel(1, "harbour", Alias(1, "ada"));
        var upserted = Row("gold", "80", 1, 1, Fresh, Fresh);
        var updated = Row("gold", "81", 1, 2, Stored, Fresh);
        const string failed = """{"key":"long","error":"PROP_VALUE_TOO_LONG","message":"Prop value length (513) exceeds 512 characters"}""";
        string[] lists =
        [
            $"\"upsertedProps\":[{upserted}],\"deletedProps\":[]",
            $"\"upsertedProps\":[{updated}],\"deletedProps\":[]",
            $"\"upsertedProps\":[],\"deletedProps\":[{updated}]",
        ];
        Assert.That(new[] { first, second, third }.Select(answer => Normal(answer.Body)), Is.EqualTo(new[]
        {
            $$"""{"channel":{{harbour}},{{lists[0]}},"failedProps":[{{failed}}]}""",
            $$"""{"channel":{{harbour}},{{lists[1]}},"failedProps":[]}""",
            $$"""{"channel":{{harbour}},{{lists[2]}},"failedProps":[]}""",
        }));
        foreach (var member in new[] { ada, grace })
        {
            foreach (var list in lists)
            {
                Assert.That(Normal(await member.NextAsync()), Is.EqualTo(
                    $$"""{"res":"v1.channels.storage.updated","data":{"channel":{{harbour}},{{list}}}""" + "}"));
            }
        }
    }

    [TestCase("")]
    [TestCase("""{"key":"nope","value":null}""")]
    [TestCase("""{"key":"","value":"x"}""")]
    public async Task AWriteOfNothing_IsToldAsWell(string props)
    {
        await using var probe = await Probe.StartAsync();
        var (ada, grace) = await HarbourAsync(probe);

        await WriteAsync(probe, ada, props);

        Assert.That(await grace.NextAsync(), Does.EndWith("\"upsertedProps\":[],\"deletedProps\":[]}}"));
    }

    [Test]
    public async Task Reads_ShowArraysInTwoWays()
    {
        await using var probe = await Probe.StartAsync();
        var (ada, grace) = await HarbourAsync(probe);
        await WriteAsync(probe, ada, """{"key":"gold","value":"80"},{"key":"items[]","value":"sw\"ord"},{"key":"one[]","value":"1"}""");
        await WriteAsync(probe, grace, """{"key":"items[]","value":"sw\"ord"},{"key":"items[]","value":"bow"}""");

        var scalar = await probe.CallAsync("GET", Path + "?propKey=gold", alias: grace.Alias);
        var array = await probe.CallAsync("GET", Path + "?propKey=items%5B%5D", alias: grace.Alias);
        var single = await probe.CallAsync("GET", Path + "?propKey=one[]", alias: grace.Alias);
        var list = await probe.CallAsync(
            "GET", Path + "/list?propKeys=items%5B%5D&propKeys=none&propKeys=gold&propKeys=gold", alias: grace.Alias);

        var gold = Row("gold", "80", 1, 1, Stored, Stored);
        Assert.That(Normal(scalar.Body), Is.EqualTo($$"""{"prop":{{gold}}}"""));
        Assert.That(Normal(array.Body), Is.EqualTo($$"""{"prop":{{Row("items[]", """[\"sw\\\"ord\",\"bow\"]""", 1, 2, Stored, Stored)}}}"""));
        Assert.That(single.Root.GetProperty("prop").GetProperty("value").GetString(), Is.EqualTo("""["1"]"""));
        Assert.That(Normal(list.Body), Is.EqualTo(
            $$"""{"props":[{{Row("items[]", "sw\\\"ord", 1, 2, Stored, Stored)}},{{Row("items[]", "bow", 1, 2, Stored, Stored)}},{{gold}},{{gold}}]}"""));
    }

    [TestCase("?propKey=missing", 200, """{"prop":null}""")]
    [TestCase("?propKey=", 200, """{"prop":null}""")]
    [TestCase("", 400, """{"errors":{"propKey":["Invalid input: expected string, received undefined"]}}""")]
    [TestCase("/list", 400, """{"errors":{"propKeys":["propKeys is missing from the request query"]}}""")]
    [TestCase("/list?propKeys[]=a", 400, """{"errors":{"propKeys":["propKeys is missing from the request query"]}}""")]
    [TestCase("/list?propKeys=a&propKeys=%20", 400, """{"errors":{"propKeys":["All keys must be non-empty strings"]}}""")]
    [TestCase("/list?propKeys=a,b", 200, """{"props":[]}""")]
    public async Task OddReads_AreAnsweredAsTaloDoes(string tail, int status, string expected)
    {
        await using var probe = await Probe.StartAsync();
        var (ada, _) = await HarbourAsync(probe);

        var answer = await probe.CallAsync("GET", Path + tail, alias: ada.Alias);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((status, expected)));
    }

    [TestCase(50, 200, """{"props":[]}""")]
    [TestCase(51, 400, """{"errors":{"propKeys":["Maximum 50 keys allowed per request"]}}""")]
    public async Task AList_IsOfFiftyKeysAtMost(int count, int status, string expected)
    {
        await using var probe = await Probe.StartAsync();
        var (ada, _) = await HarbourAsync(probe);
        var keys = string.Join('&', Enumerable.Range(0, count).Select(i => $"propKeys=k{i}"));

        var answer = await probe.CallAsync("GET", $"{Path}/list?{keys}", alias: ada.Alias);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((status, expected)));
    }

    [TestCase("{}", """{"errors":{"props":["Props must be an array"]}}""")]
    [TestCase("""{"props":{}}""", """{"errors":{"props":["Props must be an array"]}}""")]
    [TestCase("""{"props":[{"key":"n","value":5}]}""", """{"errors":{"props.0.value":["Invalid input: expected string, received number"]}}""")]
    [TestCase("""{"props":[{"key":"n"}]}""", """{"errors":{"props.0.value":["Invalid input: expected string, received undefined"]}}""")]
    public async Task ABadBody_Is400(string body, string expected)
    {
        await using var probe = await Probe.StartAsync();
        var (ada, _) = await HarbourAsync(probe);

        var answer = await probe.CallAsync("PUT", Path, body, ada.Alias);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((400, expected)));
    }

    [TestCase("PUT", "", """{"props":[]}""")]
    [TestCase("GET", "?propKey=a", null)]
    [TestCase("GET", "/list?propKeys=a", null)]
    public async Task Storage_IsForMembersOnly(string method, string tail, string? body)
    {
        await using var probe = await Probe.StartAsync();
        await HarbourAsync(probe);
        var (stranger, _, _) = await probe.IdentifyAsync("joan");

        var answer = await probe.CallAsync(method, Path + tail, body, stranger);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((403, """{"message":"This player is not a member of the channel"}""")));
    }

    private static string Row(string key, string value, int createdBy, int lastUpdatedBy, string createdAt, string updatedAt) =>
        $$"""{"key":"{{key}}","value":"{{value}}","createdBy":{{Member(createdBy)}},"lastUpdatedBy":{{Member(lastUpdatedBy)}},"createdAt":"{{createdAt}}","updatedAt":"{{updatedAt}}"}""";

    private static string Member(int alias) => Alias(alias, alias == 1 ? "ada" : "grace");

    private static Task<Answer> WriteAsync(Probe probe, ProbeSocket member, string props) =>
        probe.CallAsync("PUT", Path, $$"""{"props":[{{props.Replace("LONG", new string('v', 513), StringComparison.Ordinal)}}]}""", member.Alias);

    private static async Task<(ProbeSocket Ada, ProbeSocket Grace)> HarbourAsync(Probe probe)
    {
        var ada = await probe.ConnectAsAsync("ada");
        var grace = await probe.ConnectAsAsync("grace");
        await ada.NextAsync();
        var channel = await probe.CreateChannelAsync(ada, """{"name":"harbour"}""");
        await probe.CallAsync("POST", $"/v1/game-channels/{channel}/join", alias: grace.Alias);
        await ada.NextAsync();
        await grace.NextAsync();
        return (ada, grace);
    }
}
