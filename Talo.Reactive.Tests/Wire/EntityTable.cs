using System;
using System.Collections.Generic;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Tests.Wire;

/// <summary>Every entity and event with JSON of the server, for tests that hold for all of them.</summary>
internal static class EntityTable
{
    internal static readonly IReadOnlyList<EntityKind> All =
    [
        new EntityKind<Prop>("""{"key":"level","value":"7"}"""),
        new EntityKind<PlayerGroup>("""{"id":"9d0e","name":"Winners"}"""),
        new EntityKind<PlayerAuthState>("""{"email":"a@b.example","verificationEnabled":true,"sessionCreatedAt":"2026-03-02T18:20:11.125Z"}"""),
        new EntityKind<Player>(
            $$"""{"id":"3f0c","props":[{"key":"level","value":"7"}],"aliases":[{{Reference.Grace}}],"devBuild":true,"createdAt":"2026-01-10T09:00:00.000Z","lastSeenAt":"2026-03-02T18:20:11.000Z","groups":[{"id":"9d0e","name":"Winners"}],"auth":{},"presence":null}"""),
        new EntityKind<PlayerAlias>(Reference.Ada),
        new EntityKind<RejectedProp>("""{"key":"gold","error":"KEY_TOO_LONG","message":"Too long"}"""),
        new EntityKind<PlayerPresence>($$"""{"playerAlias":{{Reference.Ada}},"online":true,"customStatus":"afk","updatedAt":"2026-03-02T18:25:00.000Z"}"""),
        new EntityKind<PresenceUpdated>(Reference.Data["v1.players.presence.updated"]),
        new EntityKind<Channel>(Reference.OwnedHarbour.TrimEnd('}') + ""","memberCount":3}"""),
        new EntityKind<ChannelStorageProp>(Reference.Gold),
        new EntityKind<ChannelMessage>(Reference.Data["v1.channels.message"]),
        new EntityKind<ChannelPlayerJoined>(Reference.Data["v1.channels.player-joined"]),
        new EntityKind<ChannelPlayerLeft>(Reference.Data["v1.channels.player-left"]),
        new EntityKind<ChannelDeleted>(Reference.Data["v1.channels.deleted"]),
        new EntityKind<ChannelOwnershipTransferred>(Reference.Data["v1.channels.ownership-transferred"]),
        new EntityKind<ChannelUpdated>(Reference.Data["v1.channels.updated"]),
        new EntityKind<ChannelStorageUpdated>(Reference.Data["v1.channels.storage.updated"]),
        new EntityKind<ChannelStorageResult>(
            Reference.Data["v1.channels.storage.updated"].TrimEnd('}') + ""","failedProps":[{"key":"motto","error":"PROP_VALUE_TOO_LONG","message":"Too long"}]}"""),
        new EntityKind<PlayerAliasSubscription>(Reference.Subscription),
        new EntityKind<PlayerAliasSubscriptionCreated>(Reference.Data["v1.player-relationships.subscription-created"]),
        new EntityKind<PlayerAliasSubscriptionConfirmed>(Reference.Data["v1.player-relationships.subscription-confirmed"]),
        new EntityKind<PlayerAliasSubscriptionDeleted>(Reference.Data["v1.player-relationships.subscription-deleted"]),
        new EntityKind<Broadcast>(Reference.Data["v1.player-relationships.broadcast"]),
        new EntityKind<LiveConfig>(Reference.Data["v1.live-config.updated"]),
        new EntityKind<LiveConfigUpdated>(Reference.Data["v1.live-config.updated"]),
        new EntityKind<TaloSocketError>(Reference.Data["v1.error"]),
    ];
}

/// <summary>What can be asked of an entity without knowing its type.</summary>
internal abstract class EntityKind(Type type, string json)
{
    internal Type Type { get; } = type;

    internal string Json { get; } = json;

    public override string ToString() => Type.Name;

    internal abstract object Read(byte[] utf8);

    internal abstract object Empty();

    internal bool CanRead(byte[] utf8)
    {
        try
        {
            return Read(utf8) is not null;
        }
        catch (TaloPayloadException)
        {
            return false;
        }
    }
}

internal sealed class EntityKind<T>(string json) : EntityKind(typeof(T), json)
    where T : class, new()
{
    internal override object Read(byte[] utf8) =>
        EntityReaders.TryGet<T>(out var reader) ? Payload.Read(utf8, reader) : throw new InvalidOperationException("no reader");

    internal override object Empty() => new T();
}
