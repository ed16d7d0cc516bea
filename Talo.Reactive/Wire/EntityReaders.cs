using System.Diagnostics.CodeAnalysis;

namespace Talo.Reactive.Wire;

/// <summary>The readers and writers of the library's own types, found by type without reflection.</summary>
internal static class EntityReaders
{
    // An explicit static constructor, so that every cache is filled before the first look-up.
    static EntityReaders()
    {
        Add(PropJson.Read, PropJson.Write);
        Add(PlayerGroupJson.Read, PlayerGroupJson.Write);
        Add(PlayerAuthStateJson.Read, PlayerAuthStateJson.Write);
        Add(PlayerJson.Read, PlayerJson.Write);
        Add(PlayerAliasJson.Read, PlayerAliasJson.Write);
        Add(RejectedPropJson.Read, RejectedPropJson.Write);
        Add(PlayerPresenceJson.Read, PlayerPresenceJson.Write);
        Add(PresenceUpdatedJson.Read, PresenceUpdatedJson.Write);
        Add(ChannelJson.Read, ChannelJson.Write);
        Add(ChannelStoragePropJson.Read, ChannelStoragePropJson.Write);
        Add(ChannelMessageJson.Read, ChannelMessageJson.Write, ChannelMessageJson.ReadEvent);
        Add(ChannelPlayerJoinedJson.Read, ChannelPlayerJoinedJson.Write, ChannelPlayerJoinedJson.ReadEvent);
        Add(ChannelPlayerLeftJson.Read, ChannelPlayerLeftJson.Write, ChannelPlayerLeftJson.ReadEvent);
        Add(ChannelDeletedJson.Read, ChannelDeletedJson.Write, ChannelDeletedJson.ReadEvent);
        Add(ChannelOwnershipTransferredJson.Read, ChannelOwnershipTransferredJson.Write, ChannelOwnershipTransferredJson.ReadEvent);
        Add(ChannelUpdatedJson.Read, ChannelUpdatedJson.Write, ChannelUpdatedJson.ReadEvent);
        Add(ChannelStorageUpdatedJson.Read, ChannelStorageUpdatedJson.Write, ChannelStorageUpdatedJson.ReadEvent);
        Add(ChannelStorageResultJson.Read, ChannelStorageResultJson.Write);
        Add(PlayerAliasSubscriptionJson.Read, PlayerAliasSubscriptionJson.Write);
        Add(PlayerAliasSubscriptionCreatedJson.Read, PlayerAliasSubscriptionCreatedJson.Write);
        Add(PlayerAliasSubscriptionConfirmedJson.Read, PlayerAliasSubscriptionConfirmedJson.Write);
        Add(PlayerAliasSubscriptionDeletedJson.Read, PlayerAliasSubscriptionDeletedJson.Write);
        Add(BroadcastJson.Read, BroadcastJson.Write, BroadcastJson.ReadEvent);
        Add(LiveConfigJson.Read, LiveConfigJson.Write);
        Add(LiveConfigUpdatedJson.Read, LiveConfigUpdatedJson.Write);
        Add(TaloSocketErrorJson.Read, TaloSocketErrorJson.Write);
        Add(CodeJson.ReadRelationshipType, CodeJson.Write);
        Add(CodeJson.ReadTaloSocketErrorCode, CodeJson.Write);
    }

    internal static bool TryGet<T>([NotNullWhen(true)] out EntityReader<T>? reader)
    {
        reader = Cache<T>.Reader;
        return reader is not null;
    }

    /// <summary>The reader of an event that tells of channels and players.</summary>
    internal static bool TryGetEvent<T>([NotNullWhen(true)] out EventReader<T>? reader)
    {
        reader = Cache<T>.Event;
        return reader is not null;
    }

    internal static bool TryGetWriter<T>([NotNullWhen(true)] out EntityWriter<T>? writer)
    {
        writer = Cache<T>.Writer;
        return writer is not null;
    }

    private static void Add<T>(EntityReader<T> reader, EntityWriter<T> writer, EventReader<T>? ofEvent = null)
    {
        Cache<T>.Event = ofEvent;
        Cache<T>.Reader = reader;
        Cache<T>.Writer = writer;
    }

    private static class Cache<T>
    {
        internal static EntityReader<T>? Reader;
        internal static EventReader<T>? Event;
        internal static EntityWriter<T>? Writer;
    }
}
