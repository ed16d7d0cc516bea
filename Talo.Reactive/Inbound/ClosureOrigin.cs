namespace Talo.Reactive;

/// <summary>Who ended a link.</summary>
public enum ClosureOrigin
{
    /// <summary>The game: close, reset, suspend, another player.</summary>
    Game,

    /// <summary>The server sent a close frame.</summary>
    Server,

    /// <summary>The network, or a server that went away without a word.</summary>
    Lost,

    /// <summary>The client, because nothing came in answer to a heartbeat or no <c>v1.connected</c> came.</summary>
    DeadLink,
}
