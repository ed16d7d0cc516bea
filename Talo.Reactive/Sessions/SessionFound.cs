using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>A session of an earlier start was found: the player is identified with it next.</summary>
public sealed record SessionFound
{
    /// <summary>The id of the alias.</summary>
    public int AliasId { get; init; }

    /// <summary>The name that the player signed in with.</summary>
    public string Identifier { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"session of {Identifier} (alias {AliasId}) found");
}
