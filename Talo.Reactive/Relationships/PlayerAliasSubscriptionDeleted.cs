using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>
/// Talo Socket: v1.player-relationships.subscription-deleted. A subscription, or a request for one, has ended; both sides get
/// it.
/// </summary>
[JsonConverter(typeof(EntityConverter<PlayerAliasSubscriptionDeleted>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<PlayerAliasSubscriptionDeleted>))]
public sealed record PlayerAliasSubscriptionDeleted
{
    /// <summary>The one that ended, as it last was. Never null.</summary>
    public PlayerAliasSubscription Subscription { get; init; } = PlayerAliasSubscription.Unknown;

    /// <summary>The one in the other direction, when it ended with it; else null.</summary>
    public PlayerAliasSubscription? ReciprocalSubscription { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"ended: {Subscription}";
}
