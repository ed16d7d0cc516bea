using System.Threading.Tasks;
using NUnit.Framework;
using static Talo.Reactive.Tests.Conformance.RelationshipShape;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class RelationshipConformance : ConformanceTests
{
    private const string Relationships = "/v1/players/relationships";
    private const string NoRequest = """{"message":"Subscription request not found"}""";
    private const string NoSubscription = """{"message":"Subscription not found"}""";
    private const string BadType =
        """{"errors":{"relationshipType":["relationshipType must be either \"unidirectional\" or \"bidirectional\""]}}""";

    [Test]
    public async Task Unidirectional_IsAskedForConfirmedHeardAndEnded()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));

        var id = await SubscribeAsync(ada, grace, Unidirectional);
        await grace.ExpectAsync(Created(Subscription(id, ada, grace, confirmed: false)));
        await BroadcastToNobodyAsync(grace, "unconfirmed", ada);

        (await ada.CallAsync("PUT", $"{Relationships}/{id}/confirm")).Expect(404, NoRequest);
        var subscription = Subscription(id, ada, grace, confirmed: true);
        (await grace.CallAsync("PUT", $"{Relationships}/{id}/confirm")).Expect(200, Body(subscription));
        await ada.ExpectAsync(Confirmed(subscription));
        (await grace.CallAsync("PUT", $"{Relationships}/{id}/confirm")).Expect(404, NoRequest);

        await BroadcastAsync(grace, "hello subscribers");
        await ada.ExpectAsync(Broadcast(grace, "hello subscribers"));
        await BroadcastToNobodyAsync(ada, "hello?", grace);

        (await grace.CallAsync("DELETE", $"{Relationships}/{id}")).Expect(404, NoSubscription);
        (await ada.CallAsync("DELETE", $"{Relationships}/{id}")).Expect(204);
        await ada.ExpectAsync(Deleted(subscription));
        await grace.ExpectAsync(Deleted(subscription));

        await BroadcastToNobodyAsync(grace, "gone?", ada);
    }

    [Test]
    public async Task Bidirectional_IsHeardBothWaysAndEndedByEitherSide()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var id = await SubscribeAsync(ada, grace, Bidirectional);
        await grace.ExpectAsync(Created(Subscription(id, ada, grace, confirmed: false, Bidirectional)));

        var subscription = Subscription(id, ada, grace, confirmed: true, Bidirectional);
        (await grace.CallAsync("PUT", $"{Relationships}/{id}/confirm")).Expect(200, Body(subscription));
        await ada.ExpectAsync(Confirmed(subscription));
        await BroadcastAsync(ada, "ada to friends");
        await grace.ExpectAsync(Broadcast(ada, "ada to friends"));
        await BroadcastAsync(grace, "grace to friends");
        await ada.ExpectAsync(Broadcast(grace, "grace to friends"));

        var found = (await grace.CallAsync("GET", $"{Relationships}/subscriptions?aliasId={ada.AliasId}"))
            .Expect(200, Page(Subscription(null, grace, ada, confirmed: true, Bidirectional)));
        var reverse = found.Int("subscriptions.0.id");
        (await grace.CallAsync("DELETE", $"{Relationships}/{reverse}")).Expect(204);
        var deleted = Deleted(Subscription(reverse, grace, ada, confirmed: true, Bidirectional), subscription);
        await ada.ExpectAsync(deleted);
        await grace.ExpectAsync(deleted);
        (await ada.CallAsync("DELETE", $"{Relationships}/{id}")).Expect(404, NoSubscription);
        (await grace.CallAsync("DELETE", $"{Relationships}/{reverse}")).Expect(404, NoSubscription);

        await BroadcastToNobodyAsync(ada, "gone?", grace);
        await BroadcastToNobodyAsync(grace, "gone?", ada);
    }

    [Test]
    public async Task BidirectionalThatNobodyConfirmed_HasNoReciprocalWhenItIsDeleted()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var id = await SubscribeAsync(ada, grace, Bidirectional);
        var subscription = Subscription(id, ada, grace, confirmed: false, Bidirectional);
        await grace.ExpectAsync(Created(subscription));

        (await ada.CallAsync("DELETE", $"{Relationships}/{id}")).Expect(204);

        await ada.ExpectAsync(Deleted(subscription));
        await grace.ExpectAsync(Deleted(subscription));
    }

    [Test]
    public async Task ConfirmingBidirectional_ConfirmsAnOpenRequestTheOtherWayWhichKeepsItsType()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var reverse = await SubscribeAsync(grace, ada, Unidirectional);
        await ada.ExpectAsync(Created(Subscription(reverse, grace, ada, confirmed: false)));
        var id = await SubscribeAsync(ada, grace, Bidirectional);
        await grace.ExpectAsync(Created(Subscription(id, ada, grace, confirmed: false, Bidirectional)));

        var subscription = Subscription(id, ada, grace, confirmed: true, Bidirectional);
        (await grace.CallAsync("PUT", $"{Relationships}/{id}/confirm")).Expect(200, Body(subscription));

        await ada.ExpectAsync(Confirmed(subscription));
        await BroadcastAsync(ada, "to grace too");
        await grace.ExpectAsync(Broadcast(ada, "to grace too"));
        (await ada.CallAsync("DELETE", $"{Relationships}/{id}")).Expect(204);
        var deleted = Deleted(subscription, Subscription(reverse, grace, ada, confirmed: true));
        await ada.ExpectAsync(deleted);
        await grace.ExpectAsync(deleted);
    }

    [Test]
    public async Task TwoUnidirectionalOnes_AreIndependent()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var id = await SubscribeAsync(ada, grace, Unidirectional);
        var reverse = await SubscribeAsync(grace, ada, Unidirectional);
        await grace.CallAsync("PUT", $"{Relationships}/{id}/confirm");
        await ForgetAsync(ada, grace);

        (await ada.CallAsync("DELETE", $"{Relationships}/{id}")).Expect(204);
        var deleted = Deleted(Subscription(id, ada, grace, confirmed: true));
        await ada.ExpectAsync(deleted);
        await grace.ExpectAsync(deleted);

        var kept = Subscription(reverse, grace, ada, confirmed: true);
        (await ada.CallAsync("PUT", $"{Relationships}/{reverse}/confirm")).Expect(200, Body(kept));
        await grace.ExpectAsync(Confirmed(kept));
    }

    [Test]
    public async Task SecondSubscription_IsRefusedWhateverItsType()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var id = await SubscribeAsync(ada, grace, Unidirectional);
        await grace.ExpectAsync(Created(Subscription(id, ada, grace, confirmed: false)));

        (await PostAsync(ada, Request(grace.AliasId, Unidirectional))).Expect(400, """{"message":"Subscription already exists"}""");
        (await PostAsync(ada, Request(grace.AliasId, Bidirectional))).Expect(400, """{"message":"Subscription already exists"}""");
    }

    [Test]
    public async Task BadRequests_AreRefused()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));

        (await PostAsync(ada, Request(ada.AliasId, Unidirectional))).Expect(400, """{"message":"Cannot subscribe to yourself"}""");
        (await PostAsync(ada, Request(999999999, Unidirectional))).Expect(404, """{"message":"Player alias for subscription not found"}""");
        (await PostAsync(ada, Request(grace.AliasId, "friends"))).Expect(400, BadType);
        (await PostAsync(ada, $$"""{"aliasId":{{grace.AliasId}}}""")).Expect(400, BadType);
        (await PostAsync(ada, $$"""{"aliasId":"{{grace.AliasId}}","relationshipType":"unidirectional"}"""))
            .Expect(400, Shape.Errors("aliasId", "Invalid input: expected number, received string"));
        (await PostAsync(ada, """{"aliasId":1.5,"relationshipType":"unidirectional"}"""))
            .Expect(400, Shape.Errors("aliasId", "Invalid input: expected int, received number"));
        (await PostAsync(ada, """{"relationshipType":"unidirectional"}"""))
            .Expect(400, Shape.Errors("aliasId", "Invalid input: expected number, received undefined"));
    }

    [TestCase("PUT", "/999999999/confirm", 404, NoRequest)]
    [TestCase("PUT", "/0/confirm", 404, NoRequest)]
    [TestCase("PUT", "/x/confirm", 400, """{"errors":{"id":["Invalid input: expected number, received NaN"]}}""")]
    [TestCase("DELETE", "/999999999", 404, NoSubscription)]
    [TestCase("DELETE", "/x", 400, """{"errors":{"id":["Invalid input: expected number, received NaN"]}}""")]
    public async Task UnknownSubscription_IsNotFound(string method, string path, int status, string body)
    {
        var ada = await PlayerAsync("ada");

        (await ada.CallAsync(method, Relationships + path)).Expect(status, body);
    }

    [Test]
    public async Task Lists_AreFilteredAndByAscendingId()
    {
        // Lists are cached for a while, so each is asked for once only.
        var (linus, alan, joan) = (await NewPlayerAsync("linus"), await NewPlayerAsync("alan"), await NewPlayerAsync("joan"));
        (await linus.CallAsync("GET", $"{Relationships}/subscriptions?confirmed=true")).Expect(200, Page());
        var toAlan = await SubscribeAsync(linus, alan, Unidirectional);
        await alan.CallAsync("PUT", $"{Relationships}/{toAlan}/confirm");
        var toJoan = await SubscribeAsync(linus, joan, Bidirectional);
        var first = Subscription(toAlan, linus, alan, confirmed: true);
        var second = Subscription(toJoan, linus, joan, confirmed: false, Bidirectional);

        await ExpectListAsync(linus, "subscriptions", first, second);
        await ExpectListAsync(linus, "subscriptions?confirmed=false", second);
        await ExpectListAsync(linus, "subscriptions?relationshipType=bidirectional", second);
        await ExpectListAsync(linus, $"subscriptions?confirmed=true&aliasId={alan.AliasId}&relationshipType=unidirectional&page=0", first);
        await ExpectListAsync(linus, $"subscriptions?aliasId={linus.AliasId}");
        await ExpectListAsync(linus, "subscribers");
        await ExpectListAsync(alan, "subscribers", first);
        await ExpectListAsync(alan, "subscribers?confirmed=false");
        await ExpectListAsync(alan, $"subscribers?aliasId={linus.AliasId}", first);
        await ExpectListAsync(alan, $"subscribers?aliasId={joan.AliasId}");

        await joan.CallAsync("PUT", $"{Relationships}/{toJoan}/confirm");
        await ExpectListAsync(linus, $"subscribers?aliasId={joan.AliasId}", Subscription(null, joan, linus, confirmed: true, Bidirectional));
        await linus.CallAsync("DELETE", $"{Relationships}/{toAlan}");
        await linus.CallAsync("DELETE", $"{Relationships}/{toJoan}");
        await ExpectListAsync(linus, "subscriptions?page=0");
        await ExpectListAsync(linus, "subscribers?page=0");

        static async Task ExpectListAsync(TestPlayer player, string list, params string[] subscriptions) =>
            (await player.CallAsync("GET", $"{Relationships}/{list}")).Expect(200, Page(subscriptions));
    }

    [TestCase("confirmed=maybe", """{"errors":{"confirmed":["Invalid option: expected one of \"true\"|\"false\""]}}""")]
    [TestCase("confirmed=", """{"errors":{"confirmed":["Invalid option: expected one of \"true\"|\"false\""]}}""")]
    [TestCase("relationshipType=friends", BadType)]
    public async Task BadFilter_IsRefused(string query, string body)
    {
        var ada = await PlayerAsync("ada");

        (await ada.CallAsync("GET", $"{Relationships}/subscribers?{query}")).Expect(400, body);
        (await ada.CallAsync("GET", $"{Relationships}/subscriptions?{query}")).Expect(400, body);
    }

    [TestCase("GET", "/subscriptions", null)]
    [TestCase("GET", "/subscribers", null)]
    [TestCase("POST", "", """{"aliasId":1,"relationshipType":"unidirectional"}""")]
    [TestCase("PUT", "/1/confirm", null)]
    [TestCase("DELETE", "/1", null)]
    public async Task CallWithoutAnAlias_IsRefused(string method, string path, string? body)
    {
        (await CallAsync(method, Relationships + path, body))
            .Expect(400, Shape.Errors("x-talo-alias", "x-talo-alias is missing from the request headers"));
    }

    [TestCase("PUT", "/1/confirm")]
    [TestCase("DELETE", "/1")]
    public async Task WriteWithAReadOnlyKey_Is403(string method, string path)
    {
        var key = Server.ReadOnlyKeyOrIgnore();
        var ada = await PlayerAsync("ada");

        (await ada.CallAsync(method, Relationships + path, null, ("authorization", $"Bearer {key}")))
            .Expect(403, """{"message":"Missing access key scope(s): write:playerRelationships"}""");
    }

    [Test]
    public async Task SocketOfAReadOnlyKey_HearsOfSubscriptionsAndBroadcasts()
    {
        var key = Server.ReadOnlyKeyOrIgnore();
        var ada = await PlayerAsync("ada");
        var linus = await NewPlayerAsync("linus");
        var socket = await ConnectAsync(key);
        await socket.SendAsync(linus.IdentifyRequest);
        var online = Shape.PresenceUpdated(linus, online: true, "", true, true);
        await socket.ExpectAsync(online, Shape.IdentifySuccess(linus, Shape.Online));
        await ada.ExpectAsync(online);

        var id = await SubscribeAsync(linus, ada, Unidirectional);
        await ada.ExpectAsync(Created(Subscription(id, linus, ada, confirmed: false)));
        await ada.CallAsync("PUT", $"{Relationships}/{id}/confirm");
        await BroadcastAsync(ada, "to the reader");

        await socket.ExpectAsync(Confirmed(Subscription(id, linus, ada, confirmed: true)), Broadcast(ada, "to the reader"));
    }

    [Test]
    public async Task SocketWithoutTheScopes_HearsNeither()
    {
        var key = OwnerOrIgnore("access keys are made in the dashboard").CreateAccessKey("read:players");
        var ada = await PlayerAsync("ada");
        var linus = await NewPlayerAsync("linus");
        var socket = await ConnectAsync(key);
        await socket.SendAsync(linus.IdentifyRequest);
        await socket.ExpectAsync(Shape.IdentifySuccess(linus, Shape.Online));
        await ForgetAsync(ada);

        var id = await SubscribeAsync(linus, ada, Unidirectional);
        await ada.ExpectAsync(Created(Subscription(id, linus, ada, confirmed: false)));
        await ada.CallAsync("PUT", $"{Relationships}/{id}/confirm");
        await BroadcastToNobodyAsync(ada, "not for everybody", ada);

        await socket.ExpectNothingAsync(Server);
    }

    /// <summary>Asks for a subscription, which is deleted after the test.</summary>
    private async Task<int> SubscribeAsync(TestPlayer subscriber, TestPlayer to, string type)
    {
        var answer = (await PostAsync(subscriber, Request(to.AliasId, type)))
            .Expect(200, Body(Subscription(null, subscriber, to, confirmed: false, type)));
        var id = answer.Int("subscription.id");
        AfterTest(() => subscriber.CallAsync("DELETE", $"{Relationships}/{id}"));
        return id;
    }

    private static Task<Answer> PostAsync(TestPlayer subscriber, string body) => subscriber.CallAsync("POST", Relationships, body);

    private static string Request(int alias, string type) => $$"""{"aliasId":{{alias}},"relationshipType":"{{type}}"}""";

    private static Task BroadcastAsync(TestPlayer sender, string text) =>
        sender.SendAsync($$$"""{"req":"v1.player-relationships.broadcast","data":{"message":"{{{text}}}"}}""");

    /// <summary>Broadcasts, and lets it have its time before anything else is done.</summary>
    private static async Task BroadcastToNobodyAsync(TestPlayer sender, string text, TestPlayer bystander)
    {
        await BroadcastAsync(sender, text);
        await sender.ExpectNothingAsync();
        await bystander.ExpectNothingAsync();
    }
}
