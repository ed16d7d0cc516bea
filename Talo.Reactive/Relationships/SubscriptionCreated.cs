using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>Talo Socket: v1.player-relationships.subscription-created. A player asks to follow the own alias.</summary>
[JsonConverter(typeof(EntityConverter<SubscriptionCreated>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<SubscriptionCreated>))]
public sealed record SubscriptionCreated
{
    /// <summary>The request, not yet confirmed. Never null.</summary>
    public Subscription Subscription { get; init; } = Subscription.Unknown;

    /// <inheritdoc/>
    public override string ToString() => Subscription.ToString();
}
