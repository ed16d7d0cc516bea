using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>
/// The server has ended a session: the player signed in or out elsewhere, reset the password, or stayed away for 30 days. The
/// session is forgotten, and whoever played by it no longer does: ask for the password again.
/// </summary>
public sealed record SessionLost
{
    /// <summary>The id of the alias.</summary>
    public int AliasId { get; init; }

    /// <summary>The name that the player signed in with.</summary>
    public string Identifier { get; init; } = "";

    /// <summary>The server's answer.</summary>
    public TaloException? Error { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"session of {Identifier} (alias {AliasId}) lost: {Error?.Message}");
}
