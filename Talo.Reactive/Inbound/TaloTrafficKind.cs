namespace Talo.Reactive;

/// <summary>What passed over the wire.</summary>
public enum TaloTrafficKind
{
    /// <summary>A frame from the server.</summary>
    FrameIn,

    /// <summary>A frame to the server.</summary>
    FrameOut,

    /// <summary>An HTTP request.</summary>
    HttpRequest,

    /// <summary>The reply to an HTTP request, or the news that none came.</summary>
    HttpReply,
}
