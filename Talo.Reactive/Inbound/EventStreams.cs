using System;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Inbound;

/// <summary>The streams of the socket, and the typed ones made of its messages.</summary>
internal sealed class EventStreams
{
    private readonly Turns turns;
    private readonly Redactor redactor;
    private readonly IEventRoute?[] routes = new IEventRoute?[ResKind.Count];

    internal EventStreams(Turns turns, Redactor redactor, FaultStream faults, TrafficStream traffic, ConnectionState initial)
    {
        this.turns = turns;
        this.redactor = redactor;
        Faults = faults;
        Traffic = traffic;
        Messages = new EventStream<TaloMessage>("Socket.Messages", turns.Deliveries, faults);
        Errors = new EventStream<TaloSocketError>("Socket.Errors", turns.Deliveries, faults);
        Closures = new EventStream<Closure>("Socket.Closures", turns.Deliveries, faults);
        States = new StateStream<ConnectionState>("Socket.States", initial, turns.Deliveries, faults);

        ChannelMessages = InChannels(ResKind.ChannelsMessage, "Messages", ChannelMessageJson.ReadEvent, static x => x.Channel);
        ChannelPlayerJoined = InChannels(ResKind.ChannelsPlayerJoined, "PlayerJoined", ChannelPlayerJoinedJson.ReadEvent, static x => x.Channel);
        ChannelPlayerLeft = InChannels(ResKind.ChannelsPlayerLeft, "PlayerLeft", ChannelPlayerLeftJson.ReadEvent, static x => x.Channel);
        ChannelUpdated = InChannels(ResKind.ChannelsUpdated, "Updated", ChannelUpdatedJson.ReadEvent, static x => x.Channel);
        ChannelOwnershipTransferred = InChannels(
            ResKind.ChannelsOwnershipTransferred, "OwnershipTransferred", ChannelOwnershipTransferredJson.ReadEvent, static x => x.Channel);
        ChannelDeleted = InChannels(ResKind.ChannelsDeleted, "Deleted", ChannelDeletedJson.ReadEvent, static x => x.Channel);
        ChannelStorageUpdated = InChannels(ResKind.ChannelsStorageUpdated, "StorageUpdated", ChannelStorageUpdatedJson.ReadEvent, static x => x.Channel);
        ChannelStorageFailed = new EventStream<ChannelStorageResult>("Channels.StoragePropsFailedToSet", turns.Deliveries, faults);
        PresenceUpdated = OfKind(ResKind.PresenceUpdated, "PlayerPresence.Changes", PresenceUpdatedJson.Read);
        LiveConfigUpdated = OfKind(ResKind.LiveConfigUpdated, "LiveConfig.Updates", LiveConfigUpdatedJson.Read);
        Broadcasts = OfKind(ResKind.Broadcast, "PlayerRelationships.Broadcasts", BroadcastJson.ReadEvent);
        SubscriptionCreated = OfKind(ResKind.SubscriptionCreated, "PlayerRelationships.RequestsReceived", PlayerAliasSubscriptionCreatedJson.Read);
        SubscriptionConfirmed = OfKind(ResKind.SubscriptionConfirmed, "PlayerRelationships.Confirmed", PlayerAliasSubscriptionConfirmedJson.Read);
        SubscriptionDeleted = OfKind(ResKind.SubscriptionDeleted, "PlayerRelationships.Deleted", PlayerAliasSubscriptionDeletedJson.Read);
    }

    /// <summary>What the events of this client told of lately.</summary>
    internal KnownEntities Known { get; } = new();

    internal FaultStream Faults { get; }

    internal TrafficStream Traffic { get; }

    internal EventStream<TaloMessage> Messages { get; }

    internal EventStream<TaloSocketError> Errors { get; }

    internal EventStream<Closure> Closures { get; }

    internal StateStream<ConnectionState> States { get; }

    internal ChannelRoute<ChannelMessage> ChannelMessages { get; }

    internal ChannelRoute<ChannelPlayerJoined> ChannelPlayerJoined { get; }

    internal ChannelRoute<ChannelPlayerLeft> ChannelPlayerLeft { get; }

    internal ChannelRoute<ChannelUpdated> ChannelUpdated { get; }

    internal ChannelRoute<ChannelOwnershipTransferred> ChannelOwnershipTransferred { get; }

    internal ChannelRoute<ChannelDeleted> ChannelDeleted { get; }

    internal ChannelRoute<ChannelStorageUpdated> ChannelStorageUpdated { get; }

    /// <summary>Not an event of the socket: told from the answers to this client's own writes.</summary>
    internal EventStream<ChannelStorageResult> ChannelStorageFailed { get; }

    internal EventStream<PresenceUpdated> PresenceUpdated { get; }

    internal EventStream<LiveConfigUpdated> LiveConfigUpdated { get; }

    internal EventStream<Broadcast> Broadcasts { get; }

    internal EventStream<PlayerAliasSubscriptionCreated> SubscriptionCreated { get; }

    internal EventStream<PlayerAliasSubscriptionConfirmed> SubscriptionConfirmed { get; }

    internal EventStream<PlayerAliasSubscriptionDeleted> SubscriptionDeleted { get; }

    /// <summary>Where a kind of event goes; null for what only the connection understands.</summary>
    internal IEventRoute? Route(int kind) => routes[kind];

    internal string Redact(string text) => redactor.Redact(text);

    internal Exception? Redact(Exception? error) => error is null ? null : redactor.Redact(error);

    /// <summary>Inside a turn.</summary>
    internal void Publish(ConnectionState state) => turns.Publish(() => States.OnNext(state));

    /// <summary>Inside a turn.</summary>
    internal void Publish(Closure closure)
    {
        var told = closure with { Reason = redactor.Redact(closure.Reason) };
        turns.Publish(() => Closures.OnNext(told));
    }

    /// <summary>The error without the secrets that the server echoes in it.</summary>
    internal TaloSocketError Redact(TaloSocketError error) => error with
    {
        Req = redactor.Redact(error.Req),
        Code = new TaloSocketErrorCode(redactor.Redact(error.Code.Value)),
        Message = redactor.Redact(error.Message),
        Cause = error.Cause is null ? null : redactor.Redact(error.Cause),
    };

    /// <summary>The last thing that observers hear.</summary>
    internal void Complete()
    {
        Messages.OnCompleted();
        foreach (var route in routes) route?.OnCompleted();
        ChannelStorageFailed.OnCompleted();
        Errors.OnCompleted();
        Closures.OnCompleted();
        States.OnCompleted();
        Traffic.Traffic.OnCompleted();
        Faults.Faults.OnCompleted();
    }

    private ChannelRoute<T> InChannels<T>(int kind, string name, EventReader<T> read, Func<T, Channel> channelOf)
    {
        var route = new ChannelRoute<T>(name, read, channelOf, Known, turns.Deliveries, Faults);
        routes[kind] = route;
        return route;
    }

    private EventRoute<T> OfKind<T>(int kind, string name, EntityReader<T> read) =>
        OfKind(kind, name, (ref EventJson json) =>
        {
            json.Begin();
            return read(ref json.Reader);
        });

    private EventRoute<T> OfKind<T>(int kind, string name, EventReader<T> read)
    {
        var route = new EventRoute<T>(name, read, Known, turns.Deliveries, Faults);
        routes[kind] = route;
        return route;
    }
}
