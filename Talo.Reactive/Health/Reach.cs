namespace Talo.Reactive;

/// <summary>Whether Talo was last seen to answer. Pure.</summary>
/// <param name="Online">It was.</param>
/// <param name="IsLinked">Whether a socket is connected, which counts more than one call without an answer.</param>
internal sealed record Reach(bool Online, bool IsLinked)
{
    internal static readonly Reach Unknown = new(false, false);

    /// <summary>A call has ended.</summary>
    /// <param name="status">Its status; null where no answer came.</param>
    internal Reach Called(int? status) =>
        // What a gateway says in the server's stead.
        status is null or 502 or 503 or 504
            ? this with { Online = IsLinked }
            : this with { Online = true };

    /// <summary>The connection has moved.</summary>
    internal Reach Moved(ConnectionState state)
    {
        if (state.IsConnected) return new Reach(true, true);
        var isLost = state.Cause?.Kind is ConnectionCauseKind.LinkLost or ConnectionCauseKind.DeadLink or ConnectionCauseKind.DialFailed;
        return new Reach(Online && !isLost, false);
    }
}
