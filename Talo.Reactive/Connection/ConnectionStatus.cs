namespace Talo.Reactive;

/// <summary>Where the connection stands.</summary>
public enum ConnectionStatus
{
    /// <summary>Never opened yet.</summary>
    Disconnected,

    /// <summary>Getting a ticket, dialling, or waiting for <c>v1.connected</c>.</summary>
    Connecting,

    /// <summary>The server said <c>v1.connected</c>; no player is identified on this link.</summary>
    Connected,

    /// <summary>The identify request is on its way.</summary>
    Identifying,

    /// <summary>The player is identified: everything can be sent and received.</summary>
    Identified,

    /// <summary>
    /// The link is gone, or there was none yet; the next try comes after <see cref="ConnectionState.RetryIn"/>, or at once when the game
    /// opens or resets. Also where nothing failed, but a pause that the server asked for holds the next ticket back.
    /// </summary>
    Waiting,

    /// <summary>Closed by the game, or suspended. Opens again when the game says so.</summary>
    Closed,

    /// <summary>The client will not try by itself: see <see cref="ConnectionState.Cause"/>. Opening is the way out.</summary>
    Failed,
}
