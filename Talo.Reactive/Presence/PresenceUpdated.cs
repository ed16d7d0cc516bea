using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>Talo Socket: v1.players.presence.updated. A player came online, went offline, or set a status.</summary>
[JsonConverter(typeof(EntityConverter<PresenceUpdated>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<PresenceUpdated>))]
public sealed record PresenceUpdated
{
    /// <summary>The presence as it is now. Never null.</summary>
    public PlayerPresence Presence { get; init; } = PlayerPresence.Unknown;

    /// <summary>
    /// What the server says changed. It is also true when the call that caused the event did not mention <c>online</c>.
    /// </summary>
    public bool OnlineChanged { get; init; }

    /// <summary>
    /// What the server says changed. It is also true when the call that caused the event did not mention the status, as at
    /// connect and disconnect.
    /// </summary>
    public bool CustomStatusChanged { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"{Presence.PlayerAlias?.DisplayName} {Presence}");
}
