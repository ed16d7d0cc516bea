using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class PresenceConformance : ConformanceTests
{
    private const string Presence = "/v1/players/presence";

    [Test]
    public async Task PresenceOfAPlayerThatNeverHadOne_IsOfflineAndOfNoAlias()
    {
        var linus = await NewPlayerAsync("linus");

        (await CallAsync("GET", $"{Presence}/{linus.PlayerId}"))
            .Expect(200, """{"presence":{"playerAlias":null,"online":false,"customStatus":"","updatedAt":"<time>"}}""");
    }

    [Test]
    public async Task ComingOnline_IsToldToIdentifiedPlayersOnly()
    {
        var grace = await PlayerAsync("grace");
        var nobody = await ConnectAsync();
        var linus = await NewPlayerAsync("linus");
        var socket = await ConnectAsync();

        await socket.SendAsync(linus.IdentifyRequest);

        await socket.ExpectAsync(Shape.Identified(linus));
        await grace.ExpectAsync(Shape.PresenceUpdated(linus, online: true, "", true, true));
        await nobody.ExpectNothingAsync(Server);
    }

    [Test]
    public async Task Update_ReportsAsChangedWhatDiffersOrWasLeftOut()
    {
        var grace = await PlayerAsync("grace");
        var linus = await NewPlayerAsync("linus");
        linus.Socket = await ConnectAsync(linus);
        await ForgetAsync(grace);

        await PutAsync("""{"customStatus":"In a match"}""", online: true, "In a match", true, true);
        await PutAsync("""{"customStatus":"In a match"}""", online: true, "In a match", true, false);
        await PutAsync("""{"online":true}""", online: true, "In a match", false, true);
        await PutAsync("""{"online":true,"customStatus":"In a match"}""", online: true, "In a match", false, false);
        await PutAsync("""{"online":false,"customStatus":"afk"}""", online: false, "afk", true, true);
        await PutAsync("""{"online":true,"customStatus":""}""", online: true, "", true, true);
        await PutAsync("{}", online: true, "", true, true);

        (await CallAsync("GET", $"{Presence}/{linus.PlayerId}")).Expect(200, $$"""{"presence":{{Shape.Presence(linus, online: true)}}}""");

        async Task PutAsync(string body, bool online, string status, bool onlineChanged, bool statusChanged)
        {
            (await linus.CallAsync("PUT", Presence, body)).Expect(200, $$"""{"presence":{{Shape.Presence(linus, online, status)}}}""");
            var told = Shape.PresenceUpdated(linus, online, status, onlineChanged, statusChanged);
            await linus.ExpectAsync(told);
            await grace.ExpectAsync(told);
        }
    }

    [TestCase("""{"online":"yes","customStatus":5}""", """{"errors":{"online":["Invalid input: expected boolean, received string"],"customStatus":["Invalid input: expected string, received number"]}}""")]
    [TestCase("""{"customStatus":null}""", """{"errors":{"customStatus":["Invalid input: expected string, received null"]}}""")]
    public async Task BadUpdate_IsRefused(string body, string answer)
    {
        var ada = await PlayerAsync("ada");

        (await ada.CallAsync("PUT", Presence, body)).Expect(400, answer);
    }

    [Test]
    public async Task StatusOf256Characters_IsMoreThanTheDatabaseTakes()
    {
        var ada = await PlayerAsync("ada");

        (await ada.CallAsync("PUT", Presence, $$"""{"customStatus":"{{new string('x', 256)}}"}"""))
            .Expect(500, """{"message":"Something went wrong, please try again later"}""");
    }

    [Test]
    public async Task UpdateWithoutAKnownAlias_IsRefused()
    {
        (await CallAsync("PUT", Presence, """{"online":true}"""))
            .Expect(400, """{"errors":{"x-talo-alias":["x-talo-alias is missing from the request headers"]}}""");
        (await CallAsync("PUT", Presence, """{"online":true}""", ("x-talo-alias", "999999999"))).Expect(404, """{"message":"Player not found"}""");
    }

    [TestCase("b413f7da-a425-4a14-bbe4-a7e83c28e700", 404, """{"message":"Player not found"}""")]
    [TestCase("5", 400, """{"errors":{"id":["Invalid UUID"]}}""")]
    public async Task PresenceOfNobody_IsRefused(string id, int status, string body)
    {
        (await CallAsync("GET", $"{Presence}/{id}")).Expect(status, body);
    }

    [Test]
    public async Task EndOfASocket_TakesThePlayerOfflineAndKeepsTheStatus()
    {
        var grace = await PlayerAsync("grace");
        var linus = await NewPlayerAsync("linus");
        linus.Socket = await ConnectAsync(linus);
        (await linus.CallAsync("PUT", Presence, """{"customStatus":"keep me"}"""))
            .Expect(200, $$"""{"presence":{{Shape.Presence(linus, online: true, "keep me")}}}""");
        await ForgetAsync(grace, linus);

        Assert.That(await linus.Socket.CloseAsync(), Is.EqualTo("CLOSED 1000"));
        await grace.ExpectAsync(Shape.PresenceUpdated(linus, online: false, "keep me", true, true));
        (await CallAsync("GET", $"{Presence}/{linus.PlayerId}")).Expect(200, $$"""{"presence":{{Shape.Presence(linus, online: false, "keep me")}}}""");

        var back = await ConnectAsync();
        await back.SendAsync(linus.IdentifyRequest);
        await back.ExpectAsync(
            Shape.PresenceUpdated(linus, online: true, "keep me", true, true),
            Shape.IdentifySuccess(linus, Shape.InAlias(true, "keep me")));
        await grace.ExpectAsync(Shape.PresenceUpdated(linus, online: true, "keep me", true, true));
    }

    [Test]
    public async Task EndOfOneOfTwoSockets_TakesThePlayerOfflineToo()
    {
        var grace = await PlayerAsync("grace");
        var linus = await NewPlayerAsync("linus");
        var first = await ConnectAsync(linus);
        await grace.ExpectAsync(Shape.PresenceUpdated(linus, online: true, "", true, true));
        var second = await ConnectAsync(linus);
        var again = Shape.PresenceUpdated(linus, online: true, "", false, true);
        await grace.ExpectAsync(again);
        await first.ExpectAsync(again);

        await first.CloseAsync();

        var offline = Shape.PresenceUpdated(linus, online: false, "", true, true);
        await grace.ExpectAsync(offline);
        await second.ExpectAsync(offline);
        (await CallAsync("GET", $"{Presence}/{linus.PlayerId}")).Expect(200, $$"""{"presence":{{Shape.Presence(linus, online: false)}}}""");

        second.Terminate();
        await grace.ExpectAsync(Shape.PresenceUpdated(linus, online: false, "", false, true));
    }

    [Test]
    public async Task UpdateWithoutASocket_IsToldAndShownInThePlayer()
    {
        var grace = await PlayerAsync("grace");
        var linus = await NewPlayerAsync("linus");
        AfterTest(() => linus.CallAsync("PUT", Presence, """{"online":false}"""));

        (await linus.CallAsync("PUT", Presence, """{"online":true,"customStatus":"http only"}"""))
            .Expect(200, $$"""{"presence":{{Shape.Presence(linus, online: true, "http only")}}}""");

        await grace.ExpectAsync(Shape.PresenceUpdated(linus, online: true, "http only", true, true));
        var presence = Shape.InAlias(true, "http only");
        (await CallAsync("GET", $"/v1/players/{linus.PlayerId}")).Expect(
            200,
            $$$"""{"player":{"id":"{{{linus.PlayerId}}}","props":[],"aliases":[{{{Shape.Alias(linus, presence)}}}],"devBuild":false,"createdAt":"<time>","lastSeenAt":"<time>","groups":[],"presence":{{{presence}}}}}""");
        (await CallAsync("GET", $"/v1/players/identify?service=username&identifier={linus.Identifier}"))
            .Expect(200, $$"""{"alias":{{Shape.Alias(linus, presence)}},"socketToken":"<uuid>"}""");
    }
}
