using System;
using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>Whether a player is online, and what the player says of it.</summary>
[JsonConverter(typeof(EntityConverter<PlayerPresence>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<PlayerPresence>))]
public sealed record PlayerPresence
{
    internal static readonly PlayerPresence Unknown = new();

    /// <summary>The alias that set it; null inside a <see cref="Player"/> and for a player that never had a presence.</summary>
    public PlayerAlias? PlayerAlias { get; init; }

    /// <summary>Whether the player is online.</summary>
    public bool Online { get; init; }

    /// <summary>The text that the player set, or empty.</summary>
    public string CustomStatus { get; init; } = "";

    /// <summary>When it last changed, UTC; null when not sent.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape((Online ? "online" : "offline") + (CustomStatus.Length == 0 ? "" : $": {CustomStatus}"));
}
