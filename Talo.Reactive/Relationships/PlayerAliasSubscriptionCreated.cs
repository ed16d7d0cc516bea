using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>Talo Socket: v1.player-relationships.subscription-created. A player asks to follow the own alias.</summary>
[JsonConverter(typeof(EntityConverter<PlayerAliasSubscriptionCreated>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<PlayerAliasSubscriptionCreated>))]
public sealed record PlayerAliasSubscriptionCreated
{
    /// <summary>The request, not yet confirmed. Never null.</summary>
    public PlayerAliasSubscription Subscription { get; init; } = PlayerAliasSubscription.Unknown;

    /// <inheritdoc/>
    public override string ToString() => Subscription.ToString();
}
