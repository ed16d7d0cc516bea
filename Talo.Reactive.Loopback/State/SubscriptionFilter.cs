namespace Talo.Reactive.Loopback.State;

/// <summary>What a list of subscriptions is narrowed to. Null narrows nothing.</summary>
internal readonly record struct SubscriptionFilter(string? Confirmed, double? AliasId, string? Type)
{
    public bool Admits(Subscription subscription, PlayerAlias other) =>
        (Confirmed is null || Confirmed == "true" == subscription.IsConfirmed)
        && (AliasId is null || AliasId == other.Id)
        && (Type is null || Type == subscription.Type);
}
