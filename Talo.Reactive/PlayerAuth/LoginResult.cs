namespace Talo.Reactive;

/// <summary>How far a login came: signed in, or a code is asked for.</summary>
public sealed record LoginResult
{
    /// <summary>Who the game plays as now; null where a code is asked for.</summary>
    public PlayerAlias? Alias { get; init; }

    /// <summary>The id of the alias, for <see cref="TaloPlayerAuth.VerifyAsync"/>.</summary>
    public int AliasId { get; init; }

    /// <summary>Whether the player was sent a code by e-mail, good for 5 minutes: <see cref="TaloPlayerAuth.VerifyAsync"/> takes it.</summary>
    public bool VerificationRequired { get; init; }

    /// <inheritdoc/>
    public override string ToString() => VerificationRequired ? $"alias {AliasId}: verification required" : $"signed in as {Alias}";
}
