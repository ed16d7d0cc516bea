using Talo.Reactive.Loopback.Sockets;

namespace Talo.Reactive.Loopback.State;

/// <summary>Subscribing, confirming and ending, and who is told.</summary>
internal static class Relationships
{
    public static Subscription Create(Change change, PlayerAlias subscriber, PlayerAlias subscribedTo, string type)
    {
        var subscription = Add(change, subscriber, subscribedTo, type);
        Broadcasts.SubscriptionCreated(change, subscription);
        return subscription;
    }

    /// <summary>The reverse of a bidirectional one is confirmed as well, and made if need be; nobody is told of that.</summary>
    public static void Confirm(Change change, Subscription subscription)
    {
        subscription.Confirm(change.Now);
        change.Store(subscription);
        if (subscription.IsBidirectional)
        {
            var reverse = Reverse(subscription)
                ?? Add(change, subscription.SubscribedTo, subscription.Subscriber, RelationshipType.Bidirectional);
            if (!reverse.IsConfirmed)
                reverse.Confirm(change.Now);
            change.Store(reverse);
        }
        Broadcasts.SubscriptionConfirmed(change, subscription);
    }

    /// <summary>A bidirectional one takes its reverse with it, of whatever type that is.</summary>
    public static void Delete(Change change, Subscription subscription)
    {
        var subscriptions = subscription.Subscriber.Player.Game.Subscriptions;
        var reciprocal = subscription.IsBidirectional ? Reverse(subscription) : null;
        subscriptions.Remove(subscription);
        if (reciprocal is not null)
            subscriptions.Remove(reciprocal);
        Broadcasts.SubscriptionDeleted(change, subscription, reciprocal);
    }

    private static Subscription? Reverse(Subscription subscription) =>
        subscription.Subscriber.Player.Game.Subscriptions.Find(subscription.SubscribedTo, subscription.Subscriber);

    private static Subscription Add(Change change, PlayerAlias subscriber, PlayerAlias subscribedTo, string type) =>
        subscriber.Player.Game.Subscriptions.Add(
            change.Store(new Subscription(change.World.NextSubscriptionId(), subscriber, subscribedTo, type, change.Now)));
}
