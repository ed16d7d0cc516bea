using System;
using System.Reactive.Linq;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Inbound;

namespace Talo.Reactive;

/// <summary>Gives each event of a subscription the side of the player: who the other one is.</summary>
internal sealed class RelationshipStreams
{
    private readonly Turns turns;
    private readonly FaultStream faults;
    private readonly Func<PlayerAlias?> player;

    internal RelationshipStreams(EventStreams streams, Turns turns, Func<PlayerAlias?> player)
    {
        this.turns = turns;
        this.player = player;
        faults = streams.Faults;
        RequestsReceived = Shared("RequestsReceived", streams.SubscriptionCreated.Select(x => Change(x.Subscription)));
        Confirmed = Shared("Confirmed", streams.SubscriptionConfirmed.Select(x => Change(x.Subscription)));
        RequestsCancelled = Shared(
            "RequestsCancelled",
            streams.SubscriptionDeleted.Where(static x => !x.Subscription.Confirmed).Select(x => Change(x.Subscription, x.ReciprocalSubscription)));
        Ended = Shared(
            "Ended",
            streams.SubscriptionDeleted.Where(static x => x.Subscription.Confirmed).Select(x => Change(x.Subscription, x.ReciprocalSubscription)));
    }

    internal IObservable<RelationshipChange> RequestsReceived { get; }

    internal IObservable<RelationshipChange> Confirmed { get; }

    internal IObservable<RelationshipChange> RequestsCancelled { get; }

    internal IObservable<RelationshipChange> Ended { get; }

    /// <summary>The other one of the two. Where it is neither (the player was just changed), who is followed.</summary>
    internal static PlayerAlias Other(PlayerAliasSubscription subscription, int? playerAliasId) =>
        subscription.SubscribedTo.Id == playerAliasId ? subscription.Subscriber : subscription.SubscribedTo;

    private RelationshipChange Change(PlayerAliasSubscription subscription, PlayerAliasSubscription? reciprocal = null) =>
        new(subscription, Other(subscription, player()?.Id), reciprocal);

    private DerivedStream<RelationshipChange> Shared(string name, IObservable<RelationshipChange> changes) =>
        new("PlayerRelationships." + name, changes, turns.Deliveries, faults);
}
