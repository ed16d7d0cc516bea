namespace Talo.Reactive.Wire;

/// <summary>A dense number for each known response, for tables indexed by kind.</summary>
internal static class ResKind
{
    internal const int Connected = 0;
    internal const int Error = 1;
    internal const int IdentifySuccess = 2;
    internal const int PresenceUpdated = 3;
    internal const int ChannelsMessage = 4;
    internal const int ChannelsPlayerJoined = 5;
    internal const int ChannelsPlayerLeft = 6;
    internal const int ChannelsDeleted = 7;
    internal const int ChannelsOwnershipTransferred = 8;
    internal const int ChannelsUpdated = 9;
    internal const int ChannelsStorageUpdated = 10;
    internal const int LiveConfigUpdated = 11;
    internal const int Broadcast = 12;
    internal const int SubscriptionCreated = 13;
    internal const int SubscriptionConfirmed = 14;
    internal const int SubscriptionDeleted = 15;

    internal const int Count = 16;
}
