using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>
/// Talo Socket: v1.player-relationships.broadcast. A player that the own alias follows said something to all followers.
/// </summary>
[JsonConverter(typeof(EntityConverter<Broadcast>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<Broadcast>))]
public sealed record Broadcast
{
    /// <summary>The text.</summary>
    public string Message { get; init; } = "";

    /// <summary>Who said it. Never null.</summary>
    public PlayerAlias PlayerAlias { get; init; } = PlayerAlias.Unknown;

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"{PlayerAlias.DisplayName}: {Message}");
}
