using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>A player came online, went offline, set a status, or said again what was known.</summary>
/// <remarks>
/// What changed is worked out here, against what this client last saw of the player: the server's own flags are also true where
/// a call did not mention a member. Only where this client sees a player for the first time they are taken over.
/// </remarks>
/// <param name="Presence">The presence as it is now.</param>
/// <param name="Previous">What this client last saw of the player, which may be long ago; null the first time.</param>
/// <param name="OnlineChanged">Whether <c>Online</c> differs from before.</param>
/// <param name="CustomStatusChanged">Whether the status differs from before.</param>
public sealed record PresenceChange(PlayerPresence Presence, PlayerPresence? Previous, bool OnlineChanged, bool CustomStatusChanged)
{
    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"{Presence.PlayerAlias?.DisplayName} {Presence}");
}
