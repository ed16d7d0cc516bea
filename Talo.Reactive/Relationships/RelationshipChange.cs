using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>Something that happened between the player and another: a request, its confirmation, its end.</summary>
/// <param name="Subscription">The subscription, as it is now or last was.</param>
/// <param name="Other">The other one of the two, whichever side of the subscription that is.</param>
/// <param name="Reciprocal">For an end: the subscription in the other direction, when it ended with it; else null.</param>
public sealed record RelationshipChange(PlayerAliasSubscription Subscription, PlayerAlias Other, PlayerAliasSubscription? Reciprocal = null)
{
    /// <summary>Whether the player is the one who follows; false: the one who is followed.</summary>
    public bool IsSubscriber => Subscription.SubscribedTo.Id == Other.Id;

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"{Subscription}, the other one is {Other.DisplayName}");
}
