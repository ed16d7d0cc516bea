namespace Talo.Reactive;

/// <summary>How players with a Talo account stay signed in.</summary>
public sealed class PlayerAuthOptions
{
    /// <summary>Where the session is kept. One store for each client; not disposed.</summary>
    /// <value>Default: null, in memory: the player signs in at each start. <see cref="FileSessionStore"/> outlives the game.</value>
    public ISessionStore? SessionStore { get; set; }

    /// <summary>Whether the client calls <see cref="TaloPlayerAuth.StartSessionAsync"/> by itself when it is made.</summary>
    /// <value>Default: false.</value>
    public bool RestoreSession { get; set; }

    /// <summary>
    /// Whether sessions are of the kind that ends after 15 minutes and is refreshed by the client for as long as the player comes back
    /// within 30 days. Otherwise they are good until the player signs in or out somewhere.
    /// </summary>
    /// <value>Default: true.</value>
    public bool WithRefresh { get; set; } = true;
}
