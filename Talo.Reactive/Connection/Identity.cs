using System;

namespace Talo.Reactive.Connection;

/// <summary>Who the game plays as, and the token that says so to the socket.</summary>
/// <param name="Alias">The alias as last seen.</param>
/// <param name="Token">The socket token; null where a new one has to be had.</param>
/// <param name="TokenAt">When the token was had.</param>
internal sealed record Identity(PlayerAlias Alias, string? Token, DateTimeOffset TokenAt)
{
    /// <summary>How long the server takes a socket token, less a minute for a slow way.</summary>
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(59);

    internal bool HasFreshToken(DateTimeOffset now) => Token is not null && now - TokenAt < TokenLife;
}
