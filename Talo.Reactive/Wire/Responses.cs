namespace Talo.Reactive.Wire;

/// <summary>The names that the server sends in <c>res</c>.</summary>
internal static class Responses
{
    internal const string Connected = "v1.connected";
    internal const string Error = "v1.error";
    internal const string IdentifySuccess = "v1.players.identify.success";
    internal const string PresenceUpdated = "v1.players.presence.updated";
    internal const string ChannelsMessage = "v1.channels.message";
    internal const string ChannelsPlayerJoined = "v1.channels.player-joined";
    internal const string ChannelsPlayerLeft = "v1.channels.player-left";
    internal const string ChannelsDeleted = "v1.channels.deleted";
    internal const string ChannelsOwnershipTransferred = "v1.channels.ownership-transferred";
    internal const string ChannelsUpdated = "v1.channels.updated";
    internal const string ChannelsStorageUpdated = "v1.channels.storage.updated";
    internal const string LiveConfigUpdated = "v1.live-config.updated";
    internal const string Broadcast = "v1.player-relationships.broadcast";
    internal const string SubscriptionCreated = "v1.player-relationships.subscription-created";
    internal const string SubscriptionConfirmed = "v1.player-relationships.subscription-confirmed";
    internal const string SubscriptionDeleted = "v1.player-relationships.subscription-deleted";
}
