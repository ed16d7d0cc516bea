using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using Talo.Reactive.Testing;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.Relationships;

public sealed class RelationshipTests
{
    private const string Route = "/v1/players/relationships";

    private PlayedSession _session = null!;

    private TaloPlayerRelationships Friends => _session.Talo.PlayerRelationships;

    private ScriptedHttp Http => _session.Server.Http;

    private ScriptedPlayer Ada => _session.Server.Player("ada");

    private ScriptedPlayer Grace => _session.Server.Player("grace");

    [SetUp]
    public void Begin() => _session = new PlayedSession().Connected().Identified();

    [TearDown]
    public void End() => _session.Dispose();

    [Test]
    public void SubscribeTo_SendsAliasAndKind()
    {
        Http.On("POST", Route).Reply(200, new { subscription = Subscription(17, Ada, Grace, confirmed: false) });
        var call = Friends.SubscribeToAsync(Grace.AliasId, RelationshipType.Bidirectional);
        _session.Settle();
        Assert.That(PlayedSession.Result(call).Id, Is.EqualTo(17));
        var sent = Http.CallsTo("POST", Route).Single();
        Assert.That(sent.Call.Header("x-talo-alias"), Is.EqualTo($"{Ada.AliasId}"));
        Assert.That(BodyOf(sent), Is.EqualTo($$"""{"aliasId":{{Grace.AliasId}},"relationshipType":"bidirectional"}"""));
    }

    [Test]
    public void ConfirmFrom_LooksTheRequestUp_AndConfirmsIt()
    {
        List("subscribers", Subscription(9, Grace, Ada, confirmed: false));
        Http.On("PUT", Route + "/9/confirm").Reply(200, new { subscription = Subscription(9, Grace, Ada, confirmed: true) });
        var call = Friends.ConfirmSubscriptionFromAsync(Grace.AliasId);
        _session.Settle();
        Assert.That(PlayedSession.Result(call).Confirmed, Is.True);
        Assert.That(Query("subscribers"), Is.EqualTo($"?page=0&confirmed=false&aliasId={Grace.AliasId}"));
    }

    [Test]
    public void ConfirmFrom_NobodyAsked_IsSaid()
    {
        List("subscribers");
        var call = Friends.ConfirmSubscriptionFromAsync(Grace.AliasId);
        _session.Settle();
        Assert.That(PlayedSession.Error(call), Is.TypeOf<TaloException>().With.Message.Contains("has not asked"));
    }

    [Test]
    public void UnsubscribeFrom_LooksItUp_AndRevokesIt()
    {
        List("subscriptions", Subscription(9, Ada, Grace, confirmed: true));
        Http.On("DELETE", Route + "/9").Reply(204, "");
        var call = Friends.UnsubscribeFromAsync(Grace.AliasId);
        _session.Settle();
        Assert.That(call.IsCompletedSuccessfully, Is.True);
        Assert.That(Http.CallsTo("DELETE", Route + "/9"), Has.Count.EqualTo(1));
        List("subscriptions");
        var again = Friends.UnsubscribeFromAsync(Grace.AliasId);
        _session.Settle();
        Assert.That(PlayedSession.Error(again), Is.TypeOf<TaloException>().With.Message.Contains("does not follow"));
    }

    [Test]
    public void ConfirmAndRevoke_ById()
    {
        Http.On("PUT", Route + "/9/confirm").Reply(404, """{"message":"PlayerAliasSubscription request not found"}""");
        Http.On("DELETE", Route + "/9").Reply(204, "");
        var confirm = Friends.ConfirmSubscriptionAsync(9);
        var revoke = Friends.RevokeSubscriptionAsync(9);
        _session.Settle();
        Assert.That(((TaloException)PlayedSession.Error(confirm)).Status, Is.EqualTo(404));
        Assert.That(revoke.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public void IsSubscribedTo_AsksForConfirmedOrForRequests()
    {
        List("subscriptions", Subscription(9, Ada, Grace, confirmed: true));
        var call = Friends.IsSubscribedToAsync(Grace.AliasId);
        _session.Settle();
        Assert.That(PlayedSession.Result(call), Is.True);
        Assert.That(Query("subscriptions"), Is.EqualTo($"?page=0&confirmed=true&aliasId={Grace.AliasId}"));
        List("subscriptions");
        call = Friends.IsSubscribedToAsync(Grace.AliasId, confirmed: false);
        _session.Settle();
        Assert.That(PlayedSession.Result(call), Is.False);
        Assert.That(Query("subscriptions"), Does.Contain("confirmed=false"));
    }

    [Test]
    public void Lists_HaveEveryFilter()
    {
        List("subscribers", Subscription(9, Grace, Ada, confirmed: true));
        var filter = new PlayerAliasSubscriptionSearch { Confirmed = true, AliasId = 5, RelationshipType = RelationshipType.Unidirectional };
        var call = Friends.GetSubscribersAsync(filter, page: 2);
        _session.Settle();
        Assert.That(PlayedSession.Result(call).Items.Single().Subscriber.Identifier, Is.EqualTo("grace"));
        Assert.That(Query("subscribers"), Is.EqualTo("?page=2&confirmed=true&aliasId=5&relationshipType=unidirectional"));
    }

    [Test]
    public void All_WalksThePages_OneAtATime()
    {
        Http.On("GET", Route + "/subscriptions?page=0").Reply(200, PageOf(false, Subscription(1, Ada, Grace, true)));
        Http.On("GET", Route + "/subscriptions?page=1").Reply(200, PageOf(true, Subscription(2, Ada, Grace, true)));
        var ids = new List<int>();
        var walk = Walk();
        _session.Settle();
        Assert.That(walk.IsCompletedSuccessfully, Is.True);
        Assert.That(ids, Is.EqualTo(new[] { 1, 2 }));

        async Task Walk()
        {
            await foreach (var x in Friends.GetAllSubscriptionsAsync()) ids.Add(x.Id);
        }
    }

    [Test]
    public void NobodyPlays_OrNonsenseIsAsked_NothingIsSent()
    {
        Assert.That(() => Friends.SubscribeToAsync(5, default), Throws.ArgumentException);
        Assert.That(() => Friends.GetSubscribersAsync(page: -1), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Friends.BroadcastAsync(null!), Throws.ArgumentNullException);
        _session.Talo.Players.ClearIdentity();
        Assert.That(() => Friends.IsSubscribedToAsync(5), Throws.TypeOf<TaloException>().With.Message.Contains("IdentifyAsync"));
        Assert.That(Http.CallsTo("*", Route + "**"), Is.Empty);
    }

    [Test]
    public void EachEvent_NamesTheOtherOne_WhicheverSideItIs()
    {
        var heard = new List<string>();
        using var a = Friends.RequestsReceived.Subscribe(x => heard.Add($"request {x.Other.Identifier} {x.IsSubscriber}"));
        using var b = Friends.Confirmed.Subscribe(x => heard.Add($"confirmed {x.Other.Identifier} {x.IsSubscriber}"));
        using var c = Friends.RequestsCancelled.Subscribe(x => heard.Add($"cancelled {x.Other.Identifier}"));
        using var d = Friends.Ended.Subscribe(x => heard.Add($"ended {x.Other.Identifier} {x.Reciprocal?.Id}"));
        Event("created", Subscription(1, Grace, Ada, false));
        Event("confirmed", Subscription(2, Ada, Grace, true));
        Event("deleted", Subscription(1, Grace, Ada, false));
        Event("deleted", Subscription(2, Ada, Grace, true), Subscription(3, Grace, Ada, true));
        Assert.That(heard, Is.EqualTo(new[] { "request grace False", "confirmed grace True", "cancelled grace", "ended grace 3" }));
    }

    [Test]
    public void ObserverThatThrows_HarmsNoOther_AndStreamsCompleteOnDispose()
    {
        var heard = new List<string>();
        Friends.Ended.Subscribe(_ => throw new InvalidOperationException("boom"));
        Friends.Ended.Subscribe(_ => heard.Add("ended"), () => heard.Add("over"));
        Event("deleted", Subscription(1, Ada, Grace, true));
        Event("deleted", Subscription(1, Ada, Grace, true));
        Assert.That(_session.Faults.Select(x => x.Kind), Is.All.EqualTo(TaloFaultKind.ObserverThrew));
        _session.Talo.Dispose();
        Friends.Ended.Subscribe(_ => { }, () => heard.Add("late"));
        Assert.That(heard, Is.EqualTo(new[] { "ended", "ended", "over", "late" }));
    }

    [Test]
    public void Unobserved_NothingIsDecoded()
    {
        Friends.Ended.Subscribe(_ => { }).Dispose();
        _session.Server.Link.ReceiveMessage("v1.player-relationships.subscription-deleted", new { subscription = 5 });
        Assert.That(_session.Faults, Is.Empty);
    }

    [Test]
    public void Broadcast_IsWrittenOnce_AndHeardFromOthers()
    {
        _session.Server.Ignore("v1.player-relationships.broadcast");
        var call = Friends.BroadcastAsync("gg \"all\"");
        _session.Settle();
        Assert.That(call.IsCompletedSuccessfully, Is.True);
        Assert.That(_session.Server.Link.SentTexts.Last(), Is.EqualTo("""{"req":"v1.player-relationships.broadcast","data":{"message":"gg \"all\""}}"""));
        var heard = new List<string>();
        using var _ = Friends.Broadcasts.Subscribe(x => heard.Add(x.ToString()));
        _session.Server.Link.ReceiveMessage("v1.player-relationships.broadcast", new { message = "hi", playerAlias = Grace.ToJson() });
        Assert.That(heard, Is.EqualTo(new[] { "grace: hi" }));
    }

    private static JObject Subscription(int id, ScriptedPlayer subscriber, ScriptedPlayer subscribedTo, bool confirmed) => new()
    {
        ["id"] = id,
        ["subscriber"] = subscriber.ToJson(),
        ["subscribedTo"] = subscribedTo.ToJson(),
        ["confirmed"] = confirmed,
        ["relationshipType"] = "bidirectional",
    };

    private static object PageOf(bool isLast, params JObject[] items) =>
        new { subscriptions = items, count = 2, itemsPerPage = 1, isLastPage = isLast };

    private static string BodyOf(HttpExchange sent) => System.Text.Encoding.UTF8.GetString(sent.Call.Body!.Value.Span);

    private void List(string name, params JObject[] items) => Http.On("GET", $"{Route}/{name}").Reply(200, PageOf(true, items));

    private string Query(string name) => Http.CallsTo("GET", $"{Route}/{name}")[^1].Call.Address.Query;

    private void Event(string name, JObject subscription, JObject? reciprocal = null)
    {
        var data = new JObject { ["subscription"] = subscription };
        if (name == "deleted") data["reciprocalSubscription"] = reciprocal;
        _session.Server.Link.ReceiveMessage("v1.player-relationships.subscription-" + name, data);
    }
}
