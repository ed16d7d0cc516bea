using System;
using System.Linq;
using System.Reactive.Linq;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Loopback;

namespace Talo.Reactive.Tests.Loopback.Session;

/// <summary>Presence, relationships and live config over real HTTP and real WebSockets.</summary>
public sealed class LoopbackPresenceTests
{
    private LoopbackTalo _server = null!;

    [SetUp]
    public async Task Start() =>
        _server = await LoopbackTalo.StartAsync(new LoopbackOptions { HttpAuthLimit = null, HttpDefaultLimit = null });

    [TearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task OldLinkThatTheServerNoticesLate_DoesNotLeaveThePlayerOffline()
    {
        await using var ada = Client();
        await using var grace = Client();
        await IdentifyAsync(ada, "ada");
        await IdentifyAsync(grace, "grace");
        var player = ada.CurrentPlayer!.Id;
        var seen = grace.PlayerPresence.Changes.Where(x => x.Presence.PlayerAlias?.Player.Id == player).Select(x => x.Presence.Online).Replay();
        using var connected = seen.Connect();

        // The server hears nothing of the link any more, its end included.
        var old = _server.Connections.Single(x => x.AliasId == ada.CurrentAlias!.Id);
        var fault = _server.Faults.StopAnswering(old);
        await ada.Socket.ResetConnectionAsync().Bounded();
        await ada.Socket.WhenIdentifiedAsync().Bounded();
        fault.Dispose();

        Assert.That(await seen.Take(3).ToList().Next(), Is.EqualTo(new[] { true, false, true }), "identified, the old link's end, healed");
        Assert.That((await grace.PlayerPresence.GetAsync(player).Bounded()).Online, Is.True);
    }

    [Test]
    public async Task OfflineByChoice_StaysOffline_OverAReconnect()
    {
        await using var ada = Client();
        await using var grace = Client();
        await IdentifyAsync(ada, "ada");
        await IdentifyAsync(grace, "grace");
        await ada.PlayerPresence.UpdateAsync(false, "hidden").Bounded();
        var heard = grace.PlayerPresence.Of(ada.CurrentAlias!).Select(x => x.ToString()).Replay();
        using var connected = heard.Connect();
        Assert.That(await heard.Next(), Is.EqualTo("offline: hidden"));
        _server.Faults.Drop(ada.CurrentAlias!.Id);
        Assert.That(await heard.Take(3).ToList().Next(), Is.EqualTo(new[] { "offline: hidden", "online: hidden", "offline: hidden" }));
    }

    [Test]
    public async Task Friends_AskConfirmTalkAndPart()
    {
        await using var ada = Client();
        await using var grace = Client();
        await IdentifyAsync(ada, "ada");
        await IdentifyAsync(grace, "grace");
        var request = grace.PlayerRelationships.RequestsReceived.Next();
        var confirmed = ada.PlayerRelationships.Confirmed.Next();
        await ada.PlayerRelationships.SubscribeToAsync(grace.CurrentAlias!.Id, RelationshipType.Bidirectional).Bounded();
        Assert.That((await request).Other.Identifier, Is.EqualTo("ada"));
        await grace.PlayerRelationships.ConfirmSubscriptionFromAsync(ada.CurrentAlias!.Id).Bounded();
        Assert.That((await confirmed).Other.Identifier, Is.EqualTo("grace"));
        Assert.That(await grace.PlayerRelationships.IsSubscribedToAsync(ada.CurrentAlias!.Id).Bounded(), Is.True, "both ways");
        Assert.That((await ada.PlayerRelationships.GetSubscribersAsync(new() { Confirmed = true }).Bounded()).Count, Is.EqualTo(1));

        var said = grace.PlayerRelationships.Broadcasts.Next();
        await ada.PlayerRelationships.BroadcastAsync("gg").Bounded();
        Assert.That((await said).ToString(), Is.EqualTo("ada: gg"));

        var ended = grace.PlayerRelationships.Ended.Next();
        await ada.PlayerRelationships.UnsubscribeFromAsync(grace.CurrentAlias!.Id).Bounded();
        Assert.That((await ended).Reciprocal, Is.Not.Null);
        Assert.That(await grace.PlayerRelationships.IsSubscribedToAsync(ada.CurrentAlias!.Id).Bounded(), Is.False);
    }

    [Test]
    public async Task LiveConfig_FollowsSaves()
    {
        _server.Game.SetLiveConfig(("rate", "1"), ("maps[]", "harbour"), ("maps[]", "cave"));
        await using var ada = Client();
        await ada.Until(ConnectionStatus.Connected);
        var heard = ada.LiveConfig.Current.Replay();
        using var connected = heard.Connect();
        var first = await heard.Next();
        Assert.That(first.Get("rate", 0), Is.EqualTo(1));
        Assert.That(first.GetArray("maps"), Is.EqualTo(new[] { "harbour", "cave" }));
        _server.Game.SetLiveConfig(("rate", "2"));
        Assert.That((await heard.Skip(1).Next()).Get("rate", 0), Is.EqualTo(2));
    }

    private TaloClient Client() => new(new TaloClientOptions
    {
        AccessKey = _server.AccessKey,
        ApiUrl = _server.ApiUrl.ToString(),
        Reconnect = new ReconnectOptions { InitialDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(50) },
        Timeouts = new TimeoutOptions { Close = TimeSpan.FromMilliseconds(200) },
        BackgroundCalls = new BackgroundCallOptions { AuthPerMinute = 100_000, DefaultPerMinute = 100_000 },
    });

    private static async Task IdentifyAsync(TaloClient talo, string name)
    {
        await talo.Players.IdentifyAsync("username", name).Bounded();
        await talo.Socket.WhenIdentifiedAsync().Bounded();
    }
}
