namespace Talo.Reactive.Transport;

/// <summary>Who ended a link.</summary>
public enum LinkEnd
{
    /// <summary>No close frame came: the network failed, or the peer went away.</summary>
    Lost,

    /// <summary>The peer sent a close frame first.</summary>
    ClosedByPeer,

    /// <summary>This side closed it, and the peer answered or the wait for it ended.</summary>
    ClosedHere,

    /// <summary><see cref="ILink.Abort"/> was called.</summary>
    Aborted,
}
