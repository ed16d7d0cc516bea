namespace Talo.Reactive;

/// <summary>
/// How many HTTP calls the client makes by itself: tickets and socket tokens for reconnects, snapshots of states, what
/// heals presence and memberships. The server counts the calls of
/// everyone behind one address together, so these go behind the game's own calls and stay well below its limits.
/// </summary>
/// <remarks>
/// The game's own calls of the last 60 s count too, though they never wait: after many of them a reconnect is
/// <see cref="ConnectionStatus.Waiting"/>, and a state such as <see cref="TaloChannel.Storage(string[])"/> silent, for up to a minute.
/// A 429 pauses these calls for its <c>Retry-After</c>, 10 minutes at most, or until the game itself opens, resets or resumes.
/// </remarks>
public sealed class BackgroundCallOptions
{
    /// <summary>Calls a minute that count as <i>auth</i> on the server, which takes 20: a reconnect costs one.</summary>
    /// <value>Default: 10. At least 1. More only for a server of one's own whose limit is higher.</value>
    public int AuthPerMinute { get; set; } = 10;

    /// <summary>All other calls a minute, of which the server takes 100.</summary>
    /// <value>Default: 40. At least 1.</value>
    public int DefaultPerMinute { get; set; } = 40;
}
