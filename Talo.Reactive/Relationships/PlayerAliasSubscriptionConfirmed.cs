using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>
/// Talo Socket: v1.player-relationships.subscription-confirmed. A player agreed to be followed by the own alias.
/// </summary>
[JsonConverter(typeof(EntityConverter<PlayerAliasSubscriptionConfirmed>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<PlayerAliasSubscriptionConfirmed>))]
public sealed record PlayerAliasSubscriptionConfirmed
{
    /// <summary>The subscription, confirmed. Never null.</summary>
    public PlayerAliasSubscription Subscription { get; init; } = PlayerAliasSubscription.Unknown;

    /// <inheritdoc/>
    public override string ToString() => Subscription.ToString();
}
