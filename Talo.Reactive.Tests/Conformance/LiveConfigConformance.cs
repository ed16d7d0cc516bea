using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class LiveConfigConformance : ConformanceTests
{
    private const string Config = "/v1/game-config";
    private const string Reason = "the live config is edited in the dashboard";

    [Test]
    public async Task Config_IsAListOfKeysAndValuesAndNeedsNoPlayer()
    {
        var answer = await CallAsync("GET", Config);

        var props = answer.At("config").EnumerateArray().ToList();
        answer.Expect(200, Body([.. props.Select(_ => Shape.Prop("<text>", "<text>"))]));
        Assert.That(props.Select(prop => prop.GetProperty("key").GetString()), Has.None.StartsWith("META_"));
    }

    [Test]
    public async Task Config_IsTheSameForAReadOnlyKey()
    {
        var key = Server.ReadOnlyKeyOrIgnore();
        var answer = await CallAsync("GET", Config);

        var other = await BareCallAsync("GET", Config, null, Bearer(key));

        Assert.That((other.Status, other.Body), Is.EqualTo((200, answer.Body)));
    }

    [Test]
    public async Task ConfigWithoutTheScope_Is403()
    {
        var key = OwnerOrIgnore("access keys are made in the dashboard").CreateAccessKey("read:players");

        (await BareCallAsync("GET", Config, null, Bearer(key)))
            .Expect(403, """{"message":"Missing access key scope(s): read:gameConfig"}""");
    }

    [Test]
    public async Task Update_IsToldToEverySocketOfTheGameIdentifiedOrNot()
    {
        var game = OwnerOrIgnore(Reason).CreateGame();
        var key = game.CreateAccessKey();
        game.SetLiveConfig(("welcome", "hello"), ("maxPlayers", "8"));
        var ada = await PlayerAsync("ada", new(key));
        var nobody = await ConnectAsync(key);
        var elsewhere = await ConnectAsync();
        (await BareCallAsync("GET", Config, null, Bearer(key)))
            .Expect(200, Body(Shape.Prop("welcome", "hello"), Shape.Prop("maxPlayers", "8")));

        game.SetLiveConfig(("welcome", "good evening"), ("temp", "x"));
        var updated = Updated(Shape.Prop("welcome", "good evening"), Shape.Prop("temp", "x"), Shape.Prop("maxPlayers", "8"));
        await ada.ExpectAsync(updated);
        await nobody.ExpectAsync(updated);

        game.SetLiveConfig(("temp", null));
        var deleted = Updated(Shape.Prop("welcome", "good evening"), Shape.Prop("maxPlayers", "8"));
        await ada.ExpectAsync(deleted);
        await nobody.ExpectAsync(deleted);
        (await BareCallAsync("GET", Config, null, Bearer(key)))
            .Expect(200, Body(Shape.Prop("welcome", "good evening"), Shape.Prop("maxPlayers", "8")));
        await elsewhere.ExpectNothingAsync(Server);
    }

    [Test]
    public async Task Update_IsToldToAReadOnlyKeyButNotWithoutTheScope()
    {
        var game = OwnerOrIgnore(Reason).CreateGame();
        var reader = await ConnectAsync(game.CreateAccessKey("read:gameConfig"));
        var writer = await ConnectAsync(game.CreateAccessKey("write:gameConfig", "read:players"));

        game.SetLiveConfig(("xpRate", "1.5"));

        await reader.ExpectAsync(Updated(Shape.Prop("xpRate", "1.5")));
        await writer.ExpectNothingAsync(Server);
    }

    [Test]
    public async Task EmptyConfig_IsAnEmptyList()
    {
        var game = OwnerOrIgnore(Reason).CreateGame();
        var key = game.CreateAccessKey();
        (await BareCallAsync("GET", Config, null, Bearer(key))).Expect(200, Body());
        var socket = await ConnectAsync(key);

        game.SetLiveConfig(("xpRate", "1.5"));
        game.SetLiveConfig(("xpRate", null));

        await socket.ExpectAsync(Updated(Shape.Prop("xpRate", "1.5")), Updated());
    }

    [Test]
    public async Task ArrayKey_AppearsOnceForEachValue()
    {
        var game = OwnerOrIgnore(Reason).CreateGame();
        var key = game.CreateAccessKey();
        var socket = await ConnectAsync(key);

        game.SetLiveConfig(("maps[]", "harbour"), ("maps[]", "castle"));

        string[] maps = [Shape.Prop("maps[]", "harbour"), Shape.Prop("maps[]", "castle")];
        await socket.ExpectAsync(Updated(maps));
        (await BareCallAsync("GET", Config, null, Bearer(key))).Expect(200, Body(maps));
    }

    private static string Body(params string[] props) => $$"""{"config":[{{string.Join(',', props)}}]}""";

    private static string Updated(params string[] props) => Shape.Event("v1.live-config.updated", Body(props));

    private static (string, string) Bearer(string key) => ("authorization", $"Bearer {key}");
}
