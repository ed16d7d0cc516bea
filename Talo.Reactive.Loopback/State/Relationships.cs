using Talo.Reactive.Loopback.Sockets;

namespace Talo.Reactive.Loopback.State;

/// <summary>Asking for a subscription, confirming it and ending it, and what that does to the way back.</summary>
internal static class Relationships
{
    public static Subscription Ask(Change change, PlayerAlias subscriber, PlayerAlias subscribedTo, RelationshipType type)
    {
        var subscription = Create(change, subscriber, subscribedTo, type);
        Broadcasts.SubscriptionCreated(change, subscription);
        return subscription;
    }

    /// <summary>Confirming one that goes both ways opens the way back too, of which nobody is told.</summary>
    public static void Confirm(Change change, Subscription subscription)
    {
        Confirm(subscription);
        if (subscription.Type is RelationshipType.Bidirectional)
        {
            var reverse = Reverse(subscription) ?? Create(change, subscription.SubscribedTo, subscription.Subscriber, subscription.Type);
            if (!reverse.IsConfirmed)
                Confirm(reverse);
        }
        Broadcasts.SubscriptionConfirmed(change, subscription);

        void Confirm(Subscription row) => change.Store(row).Confirm(change.Now);
    }

    /// <summary>Ending one that goes both ways ends the way back as well, whatever kind that is.</summary>
    public static void End(Change change, Subscription subscription)
    {
        var all = subscription.Subscriber.Player.Game.Subscriptions;
        var reverse = subscription.Type is RelationshipType.Bidirectional ? Reverse(subscription) : null;
        all.Remove(subscription);
        if (reverse is not null)
            all.Remove(reverse);
        Broadcasts.SubscriptionDeleted(change, subscription, reverse);
    }

    private static Subscription Create(Change change, PlayerAlias subscriber, PlayerAlias subscribedTo, RelationshipType type)
    {
        var subscription = change.Store(
            new Subscription(change.World.NextSubscriptionId(), subscriber, subscribedTo, type, change.Now));
        subscriber.Player.Game.Subscriptions.Add(subscription);
        return subscription;
    }

    private static Subscription? Reverse(Subscription subscription) =>
        subscription.Subscriber.Player.Game.Subscriptions.Find(subscription.SubscribedTo, subscription.Subscriber);
}
