using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>
/// Talo Socket: v1.player-relationships.subscription-confirmed. A player agreed to be followed by the own alias.
/// </summary>
[JsonConverter(typeof(EntityConverter<SubscriptionConfirmed>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<SubscriptionConfirmed>))]
public sealed record SubscriptionConfirmed
{
    /// <summary>The subscription, confirmed. Never null.</summary>
    public Subscription Subscription { get; init; } = Subscription.Unknown;

    /// <inheritdoc/>
    public override string ToString() => Subscription.ToString();
}
