using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Sockets;

/// <summary>The events that Talo sends unasked, and who gets them.</summary>
internal static class Broadcasts
{
    public static void PresenceUpdated(
        Change change, Game game, Presence presence, (bool Online, bool CustomStatus) changed, bool withAuth) =>
        Send(change, change.World.Connections.Identified(game, "read:playerPresence"),
            OutboundFrame.Message("v1.players.presence.updated", data =>
            {
                data.WritePresence("presence", presence, withAuth);
                data.WriteStartObject("meta");
                data.WriteBoolean("onlineChanged", changed.Online);
                data.WriteBoolean("customStatusChanged", changed.CustomStatus);
                data.WriteEndObject();
            }));

    public static void ChannelMessage(Change change, Channel channel, PlayerAlias sender, string message) =>
        Send(change, MembersOf(change, channel), OutboundFrame.Message("v1.channels.message", data =>
        {
            data.WritePropertyName("channel");
            data.WriteChannel(channel, memberCount: null, channel.AsTold(change.Now));
            data.WriteString("message", message);
            data.WriteAlias("playerAlias", sender);
        }));

    /// <param name="change">What is done.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="alias">Who joined; null where the channel was made in the dashboard, which does not say.</param>
    public static void PlayerJoined(Change change, Channel channel, PlayerAlias? alias) =>
        Send(change, MembersOf(change, channel), OutboundFrame.Message("v1.channels.player-joined", data =>
        {
            data.WriteChannel("channel", channel);
            if (alias is not null)
                data.WriteAlias("playerAlias", alias);
        }));

    public static void PlayerLeft(Change change, Channel channel, PlayerAlias alias, LeaveReason reason) =>
        Send(change, MembersOf(change, channel), OutboundFrame.Message("v1.channels.player-left", data =>
        {
            data.WriteChannel("channel", channel);
            data.WriteAlias("playerAlias", alias);
            data.WriteStartObject("meta");
            data.WriteNumber("reason", (int)reason);
            data.WriteEndObject();
        }));

    public static void ChannelDeleted(Change change, Channel channel) =>
        Send(change, MembersOf(change, channel),
            OutboundFrame.Message("v1.channels.deleted", data => data.WriteChannel("channel", channel)));

    public static void OwnershipTransferred(Change change, Channel channel, PlayerAlias newOwner) =>
        Send(change, MembersOf(change, channel), OutboundFrame.Message("v1.channels.ownership-transferred", data =>
        {
            data.WriteChannel("channel", channel);
            data.WriteAlias("newOwner", newOwner);
        }));

    public static void ChannelUpdated(Change change, Channel channel, IEnumerable<string> changedProperties) =>
        Send(change, MembersOf(change, channel), OutboundFrame.Message("v1.channels.updated", data =>
        {
            data.WriteChannel("channel", channel);
            data.WriteStartArray("changedProperties");
            foreach (var property in changedProperties)
                data.WriteStringValue(property);
            data.WriteEndArray();
        }));

    public static void StorageUpdated(Change change, Channel channel, StorageUpdate update) =>
        Send(change, MembersOf(change, channel), OutboundFrame.Message("v1.channels.storage.updated", data =>
        {
            data.WriteChannel("channel", channel);
            data.WriteStorage("upsertedProps", update.Upserted);
            data.WriteStorage("deletedProps", update.Deleted);
        }));

    public static void LiveConfigUpdated(Change change, Game game) =>
        Send(change, change.World.Connections.Of(game, "read:gameConfig"),
            OutboundFrame.Message("v1.live-config.updated", data => data.WriteProps("config", game.LiveConfig)));

    public static void SubscriptionCreated(Change change, Subscription subscription) =>
        Send(change, ConnectionsOf(change, "read:playerRelationships", subscription.SubscribedTo),
            OutboundFrame.Message("v1.player-relationships.subscription-created",
                data => data.WriteSubscription("subscription", subscription)));

    public static void SubscriptionConfirmed(Change change, Subscription subscription) =>
        Send(change, ConnectionsOf(change, "read:playerRelationships", subscription.Subscriber),
            OutboundFrame.Message("v1.player-relationships.subscription-confirmed",
                data => data.WriteSubscription("subscription", subscription)));

    public static void SubscriptionDeleted(Change change, Subscription subscription, Subscription? reciprocal) =>
        Send(change, ConnectionsOf(change, "read:playerRelationships", subscription.Subscriber, subscription.SubscribedTo),
            OutboundFrame.Message("v1.player-relationships.subscription-deleted", data =>
            {
                data.WriteSubscription("subscription", subscription);
                data.WriteSubscription("reciprocalSubscription", reciprocal);
            }));

    /// <summary>To the subscribers of the sender, of whom the sender is not one.</summary>
    public static void Broadcast(Change change, PlayerAlias sender, string message)
    {
        var game = sender.Player.Game;
        var hearers = change.World.Connections.Identified(game, "read:playerBroadcasts")
            .Where(connection => game.Subscriptions.Hears(connection.Alias!, sender));
        Send(change, hearers, OutboundFrame.Message("v1.player-relationships.broadcast", data =>
        {
            data.WriteString("message", message);
            data.WriteAlias("playerAlias", sender);
        }));
    }

    private static IEnumerable<Connection> ConnectionsOf(Change change, string scope, params PlayerAlias[] aliases) =>
        change.World.Connections.Identified(aliases[0].Player.Game, scope)
            .Where(connection => aliases.Contains(connection.Alias));

    private static IEnumerable<Connection> MembersOf(Change change, Channel channel)
    {
        foreach (var connection in change.World.Connections.Identified(channel.Game, "read:gameChannels"))
        {
            if (channel.Has(connection.Alias))
                yield return connection;
        }
    }

    private static void Send(Change change, IEnumerable<Connection> recipients, OutboundFrame frame)
    {
        foreach (var connection in recipients)
            change.Send(connection, frame);
    }
}
