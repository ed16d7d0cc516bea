using Talo.Reactive.Http;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>The session of a signed-in player, as a <see cref="ISessionStore"/> keeps it. It holds secrets.</summary>
public sealed record PlayerSession
{
    /// <summary>The id of the player.</summary>
    public string PlayerId { get; init; } = "";

    /// <summary>The id of the player's <c>talo</c> alias.</summary>
    public int AliasId { get; init; }

    /// <summary>The name that the player signs in with.</summary>
    public string Identifier { get; init; } = "";

    /// <summary>What each call of the player shows. A secret. Good for 15 minutes where there is a refresh token, else without end.</summary>
    public string SessionToken { get; init; } = "";

    /// <summary>What gets the next session token. A secret, good once and for 30 days; null for a session that cannot be refreshed.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>Why no call can show it, without its content; null where calls can.</summary>
    internal string? Problem =>
        string.IsNullOrEmpty(PlayerId) || string.IsNullOrEmpty(SessionToken) || AliasId <= 0 ? "it lacks a player, an alias or a token"
        : SessionToken.Length > SecretLength.Max || RefreshToken?.Length > SecretLength.Max ? $"a token of it has more than {SecretLength.Max} characters"
        : !HttpHeaders.CanHold(PlayerId) || !HttpHeaders.CanHold(SessionToken) ? "its player or its session token holds a character that cannot stand in a header"
        : RefreshToken is not null && Surrogates.IndexOfLone(RefreshToken, 0) >= 0 ? "its refresh token holds half of a surrogate pair"
        : null;

    /// <summary>Whose session; never its tokens.</summary>
    public override string ToString() => ControlCharacters.Escape($"session of {Identifier} (alias {AliasId})");
}
