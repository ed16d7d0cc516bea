using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class ScopeConformance : ConformanceTests
{
    private const string Message = "v1.channels.message";
    private const string Broadcast = "v1.player-relationships.broadcast";

    [Test]
    public async Task ReadOnlyKey_FindsPlayersButCreatesNone()
    {
        var key = Bearer(Server.ReadOnlyKeyOrIgnore());
        var linus = await NewPlayerAsync("linus");

        (await BareCallAsync("GET", $"/v1/players/identify?service=username&identifier={linus.Identifier}", null, key))
            .Expect(200, $$"""{"alias":{{Shape.Alias(linus, Shape.NoPresence)}},"socketToken":"<uuid>"}""");
        (await BareCallAsync("GET", $"/v1/players/identify?service=username&identifier={Unique("new")}", null, key))
            .Expect(404, """{"message":"Player not found. Use an access key with the write:players scope to automatically create players"}""");
    }

    [Test]
    public async Task SocketOfAReadOnlyKey_HearsEverythingAndSaysNothing()
    {
        var key = Server.ReadOnlyKeyOrIgnore();
        var ada = await PlayerAsync("ada");
        var harbour = await CreateChannelAsync(ada);
        var linus = await NewPlayerAsync("linus");
        await JoinAsync(linus, harbour);
        await ForgetAsync(ada);
        var socket = await ConnectAsync(key);

        // Whether somebody is identified comes before what the key may do.
        await socket.SendAsync(Say(harbour.Id, "x"));
        await socket.ExpectAsync(Shape.NoPlayer(Message));

        await socket.SendAsync(linus.IdentifyRequest);
        var online = Shape.PresenceUpdated(linus, online: true, "", true, true);
        await socket.ExpectAsync(online, Shape.IdentifySuccess(linus, Shape.Online));
        await ada.ExpectAsync(online);

        await socket.SendAsync(Say(harbour.Id, "x"));
        await socket.ExpectAsync(Missing(Message, "write:gameChannels"));
        await socket.SendAsync("""{"req":"v1.player-relationships.broadcast","data":{"message":"x"}}""");
        await socket.ExpectAsync(Missing(Broadcast, "write:playerBroadcasts"));
        await socket.SendAsync("""{"req":"v1.channels.message","data":{}}""");
        await socket.ExpectAsync(Missing(Message, "write:gameChannels"));

        await ada.SayAsync(harbour, "to the reader");
        var message = Shape.Message(Shape.Channel(harbour, ada), ada, "to the reader");
        await ada.ExpectAsync(message);
        await socket.ExpectAsync(message);
    }

    [TestCase("POST", "/v1/game-channels", """{"name":"x"}""", "write:gameChannels")]
    [TestCase("POST", "/v1/game-channels/1/join", null, "write:gameChannels")]
    [TestCase("PUT", "/v1/players/presence", """{"online":true}""", "write:playerPresence")]
    [TestCase("POST", "/v1/players/relationships", """{"aliasId":1,"relationshipType":"unidirectional"}""", "write:playerRelationships")]
    [TestCase("POST", "/v1/players/auth/login", """{"identifier":"a","password":"b"}""", "write:players")]
    [TestCase("POST", "/v1/players/socket-token", null, "write:players")]
    public async Task WriteWithAReadOnlyKey_Is403(string method, string path, string? body, string scope)
    {
        var key = Server.ReadOnlyKeyOrIgnore();
        var ada = await PlayerAsync("ada");

        (await ada.CallAsync(method, path, body, Bearer(key))).Expect(403, $$"""{"message":"Missing access key scope(s): {{scope}}"}""");
    }

    [Test]
    public async Task KeyWithoutPlayers_IdentifiesNobody()
    {
        var talo = OwnerOrIgnore("access keys are made in the dashboard");
        var key = talo.CreateAccessKey("read:gameChannels", "write:gameChannels");
        var linus = await NewPlayerAsync("linus");

        (await BareCallAsync("GET", $"/v1/players/identify?service=username&identifier={linus.Identifier}", null, Bearer(key)))
            .Expect(403, """{"message":"Missing access key scope(s): read:players"}""");
        var socket = await ConnectAsync(key);
        await socket.SendAsync(linus.IdentifyRequest);
        await socket.ExpectAsync(Missing("v1.players.identify", "read:players"));
    }

    [Test]
    public async Task SocketOfAKeyForPlayersOnly_HearsNeitherPresenceNorChannels()
    {
        var key = OwnerOrIgnore("access keys are made in the dashboard").CreateAccessKey("read:players");
        var ada = await PlayerAsync("ada");
        var harbour = await CreateChannelAsync(ada);
        var linus = await NewPlayerAsync("linus");
        await JoinAsync(linus, harbour);
        await ForgetAsync(ada);
        var socket = await ConnectAsync(key);

        await socket.SendAsync(linus.IdentifyRequest);
        await socket.ExpectAsync(Shape.IdentifySuccess(linus, Shape.Online));
        await ada.ExpectAsync(Shape.PresenceUpdated(linus, online: true, "", true, true));
        await ada.SayAsync(harbour, "not for everybody");

        await ada.ExpectAsync(Shape.Message(Shape.Channel(harbour, ada), ada, "not for everybody"));
        await socket.ExpectNothingAsync(Server);
    }

    private static (string, string) Bearer(string key) => ("authorization", $"Bearer {key}");

    private static string Say(int channel, string text) =>
        $$$"""{"req":"v1.channels.message","data":{"channel":{"id":{{{channel}}}},"message":"{{{text}}}"}}""";

    private static string Missing(string req, string scope) =>
        Shape.Error(req, $"Missing access key scope(s): {scope}", "MISSING_ACCESS_KEY_SCOPES");
}
