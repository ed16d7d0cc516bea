using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>
/// Talo Socket: v1.player-relationships.subscription-deleted. A subscription, or a request for one, has ended; both sides get
/// it.
/// </summary>
[JsonConverter(typeof(EntityConverter<SubscriptionDeleted>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<SubscriptionDeleted>))]
public sealed record SubscriptionDeleted
{
    /// <summary>The one that ended, as it last was. Never null.</summary>
    public Subscription Subscription { get; init; } = Subscription.Unknown;

    /// <summary>The one in the other direction, when it ended with it; else null.</summary>
    public Subscription? ReciprocalSubscription { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"ended: {Subscription}";
}
