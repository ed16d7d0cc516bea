using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Tests.Wire;

/// <summary>The decoded values that a game relies on.</summary>
public sealed class KnownValuesTests
{
    private static readonly DateTimeOffset TwentyPastSix = new(2026, 3, 2, 18, 20, 11, TimeSpan.Zero);

    [Test]
    public void TableOfEntities_IsComplete()
    {
        var events = typeof(TaloMessage).Assembly.GetExportedTypes()
            .Where(type => type.GetCustomAttributes(typeof(JsonConverterAttribute), false).Length > 0 && type.IsClass);
        Assert.That(EntityTable.All.Select(entry => entry.Type), Is.EquivalentTo(events));
    }

    [Test]
    public void Alias_HasItsPlayer()
    {
        var ada = Read(Reference.Ada, PlayerAliasJson.Read);
        Assert.That((ada.Id, ada.Service, ada.Identifier, ada.DisplayName), Is.EqualTo((105, "username", "ada", "ada")));
        Assert.That((ada.LastSeenAt, ada.LastSeenAt!.Value.Offset), Is.EqualTo((TwentyPastSix, TimeSpan.Zero)));
        Assert.That(ada.Player.Id, Is.EqualTo("3f0c7a52-9d0e-4a57-8a57-5c1f0b7f2d11"));
        Assert.That(ada.Player.Props, Is.EqualTo(new[] { new Prop("level", "7") }));
        Assert.That((ada.Player.Presence!.Online, ada.Player.Presence.PlayerAlias), Is.EqualTo((true, (PlayerAlias?)null)));
        Assert.That((ada.Player.Auth, ada.Player.Aliases.Count, ada.Player.Groups.Count), Is.EqualTo(((PlayerAuthState?)null, 0, 0)));
    }

    [Test]
    public void PlayerWithUnloadedAuth_HasAnEmptyOne()
    {
        var auth = Read("""{"id":"p","auth":{},"presence":null}""", PlayerJson.Read).Auth;
        Assert.That(auth, Is.EqualTo(new PlayerAuthState()));
        Assert.That((auth!.Email, auth.VerificationEnabled, auth.SessionCreatedAt), Is.EqualTo(((string?)null, (bool?)null, (DateTimeOffset?)null)));
    }

    [Test]
    public void Events_HoldWhatTheServerSaid()
    {
        Assert.That(Message("v1.channels.message").DataAs<ChannelMessage>().ToString(), Is.EqualTo("[harbour] ada: ahoy"));
        Assert.That(Message("v1.channels.message").DataAs<ChannelMessage>().Channel.MemberCount, Is.Null);
        Assert.That(Message("v1.channels.player-joined").DataAs<ChannelPlayerJoined>().PlayerAlias!.Id, Is.EqualTo(212));
        Assert.That(Message("v1.channels.player-left").DataAs<ChannelPlayerLeft>().Reason, Is.EqualTo(ChannelLeavingReason.TemporaryMembership));
        Assert.That(Message("v1.channels.deleted").DataAs<ChannelDeleted>().Channel.Id, Is.EqualTo(41));
        var moved = Message("v1.channels.ownership-transferred").DataAs<ChannelOwnershipTransferred>();
        Assert.That(moved.Channel.Owner, Is.EqualTo(moved.NewOwner).And.Not.Null);
        Assert.That(Message("v1.channels.updated").DataAs<ChannelUpdated>().ChangedProperties, Is.EqualTo(new[] { "name", "props" }));
        var stored = Message("v1.channels.storage.updated").DataAs<ChannelStorageUpdated>();
        Assert.That((stored.UpsertedProps.Single().ToString(), stored.DeletedProps.Count), Is.EqualTo(("gold=80", 0)));
        var presence = Message("v1.players.presence.updated").DataAs<PresenceUpdated>();
        Assert.That((presence.Presence.CustomStatus, presence.OnlineChanged, presence.CustomStatusChanged), Is.EqualTo(("In the lobby", false, true)));
        Assert.That(Message("v1.live-config.updated").DataAs<LiveConfigUpdated>().Config[1], Is.EqualTo(new Prop("maxLevel", "80")));
        Assert.That(Message("v1.player-relationships.broadcast").DataAs<Broadcast>().ToString(), Is.EqualTo("ada: gg"));
        var ended = Message("v1.player-relationships.subscription-deleted").DataAs<PlayerAliasSubscriptionDeleted>();
        Assert.That((ended.Subscription.RelationshipType, ended.ReciprocalSubscription), Is.EqualTo((RelationshipType.Unidirectional, (PlayerAliasSubscription?)null)));
    }

    [Test]
    public void UnknownLeavingReason_KeepsItsNumber() =>
        Assert.That((int)Read("""{"meta":{"reason":7}}""", ChannelPlayerLeftJson.Read).Reason, Is.EqualTo(7));

    [Test]
    public void HarmlessTypes_AreTolerated()
    {
        var alias = Read("""{"id":"105","displayName":7,"identifier":true,"createdAt":5,"updatedAt":{"a":[]},"lastSeenAt":"soon"}""", PlayerAliasJson.Read);
        Assert.That(alias, Is.EqualTo(new PlayerAlias { Id = 105, DisplayName = "7", Identifier = "true" }));
        var channel = Read("""{"id":41.0,"private":1,"autoCleanup":"true","temporaryMembership":0,"totalMessages":3e2}""", ChannelJson.Read);
        Assert.That(channel, Is.EqualTo(new Channel { Id = 41, Private = true, AutoCleanup = true, TotalMessages = 300 }));
    }

    [TestCase("2026-03-02T18:20:11.000Z", "2026-03-02T18:20:11.0000000+00:00")]
    [TestCase("2026-03-02T18:20:11.125Z", "2026-03-02T18:20:11.1250000+00:00")]
    [TestCase("2026-03-02T18:20:11", "2026-03-02T18:20:11.0000000+00:00")]
    [TestCase("2026-03-02T18:20:11+02:00", "2026-03-02T18:20:11.0000000+02:00")]
    [TestCase("2026-03-02", "2026-03-02T00:00:00.0000000+00:00")]
    [TestCase("0001-01-01T00:00:00+10:00", null)]
    [TestCase("2026-13-02T18:20:11Z", null)]
    [TestCase("", null)]
    [TestCase("2026-03-02T18:20:11\\ud800", null)]
    public void Date_IsATimeOrNull(string text, string? expected)
    {
        var date = Read($$"""{"createdAt":"{{text}}"}""", PlayerAliasJson.Read).CreatedAt;
        Assert.That(date?.ToString("O"), Is.EqualTo(expected));
    }

    [Test]
    public void HalfASurrogatePairFromTheServer_IsReplaced()
    {
        Assert.That(Read("""{"message":"a\ud83d \\ud83d \ud83d\ude00\n"}""", BroadcastJson.Read).Message, Is.EqualTo("a\uFFFD \\ud83d 😀\n"));
        Assert.That(Read("""{"m\ud800":1,"mess\u0061ge":"b"}""", BroadcastJson.Read).Message, Is.EqualTo("b"));
    }

    [Test]
    public void Lists_AreCopiedAndComparedByContent()
    {
        var mine = new List<Prop> { new("a", "1") };
        var channel = new Channel { Props = mine };
        mine.Add(new Prop("b", "2"));
        Assert.That(channel.Props, Has.Count.EqualTo(1));
        Assert.That(channel, Is.EqualTo(new Channel { Props = new[] { new Prop("a", "1") } }));
        Assert.That(channel with { Props = null! }, Is.EqualTo(new Channel()));
    }

    [Test]
    public void TokenOfAMessage_BecomesAnEntity()
    {
        var message = Message("v1.channels.message");
        Assert.That(message.Data["playerAlias"]!.ToObject<PlayerAlias>(), Is.EqualTo(Read(Reference.Ada, PlayerAliasJson.Read)));
    }

    [Test]
    public void CommentsAndSingleQuotesOfAGame_AreReadByItsOwnReader()
    {
        var prop = JsonConvert.DeserializeObject<Prop>("{ /* mine */ 'key': 'a', /* too */ 'value': 'b' }");
        Assert.That(prop, Is.EqualTo(new Prop("a", "b")));
    }

    [Test]
    public void WrongTypeInATokenOfAGame_SaysWhere()
    {
        var token = JObject.Parse("""{"who":{"player":{"props":[{"key":[]}]}}}""");
        var fault = Assert.Throws<JsonSerializationException>(() => token.ToObject<Dictionary<string, PlayerAlias>>())!;
        Assert.That(fault.Message, Does.Contain("player.props[0].key"));
        Assert.That(fault.InnerException, Is.InstanceOf<TaloPayloadException>());
    }

    private static T Read<T>(string json, EntityReader<T> reader) => Payload.Read(Reference.Utf8(json), reader);

    private static TaloMessage Message(string res) => TaloMessage.Parse(Reference.Frame(res));
}
