namespace Talo.Reactive;

/// <summary>What kind of thing led to a state of the connection.</summary>
public enum ConnectionCauseKind
{
    /// <summary>The game closed, reset or suspended the connection.</summary>
    Game,

    /// <summary>No ticket could be had.</summary>
    NoTicket,

    /// <summary>The WebSocket could not be opened.</summary>
    DialFailed,

    /// <summary>The server did not say <c>v1.connected</c> in time, or answered no heartbeat.</summary>
    DeadLink,

    /// <summary>The link ended without a close frame.</summary>
    LinkLost,

    /// <summary>The server closed the link: see <see cref="ConnectionCause.CloseCode"/>.</summary>
    ClosedByServer,

    /// <summary>Too many requests from this address, or too many frames on the link.</summary>
    RateLimited,

    /// <summary>The access key is not valid (any more).</summary>
    AccessKeyRefused,

    /// <summary>The player could not be identified on the socket.</summary>
    IdentifyFailed,

    /// <summary>The policy gave up: too many tries in a row failed.</summary>
    GaveUp,
}
