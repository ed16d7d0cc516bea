using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>A group that a player is in.</summary>
[JsonConverter(typeof(EntityConverter<PlayerGroup>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<PlayerGroup>))]
public sealed record PlayerGroup
{
    /// <summary>The id, a UUID as text.</summary>
    public string Id { get; init; } = "";

    /// <summary>The name that the game's owner gave it.</summary>
    public string Name { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"{Name} (group {Id})");
}
