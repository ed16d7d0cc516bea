using System;
using System.Reactive.Disposables;
using System.Threading;
using Talo.Reactive.Outbound;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Connection;

/// <summary>All that belongs to one link and to no other: thrown away whole when it ends. Changed inside turns only, but for the count of frames.</summary>
internal sealed class LiveLink
{
    private long heard;
    private volatile bool abandoned;
    private volatile bool isDelivering;

    internal LiveLink(int epoch, ILink socket, PacingOptions pacing, DateTimeOffset now)
    {
        Epoch = epoch;
        Socket = socket;
        HeardUntil = now;
        Lane = new SendLane(socket, pacing);
    }

    internal int Epoch { get; }

    internal ILink Socket { get; }

    internal SendLane Lane { get; }

    /// <summary>Whether v1.connected was seen: before that the server drops what it gets.</summary>
    internal bool IsGreeted { get; set; }

    /// <summary>How the game closes it; null while it does not.</summary>
    internal GameClose? Closing { get; set; }

    /// <summary>Why this side dropped it, where the other end did not answer.</summary>
    internal ConnectionCause? Dropped { get; set; }

    /// <summary>What ends with the link.</summary>
    internal CompositeDisposable Timers { get; } = [];

    /// <summary>The last time that something was known to have come in; never later than the truth.</summary>
    internal DateTimeOffset HeardUntil { get; set; }

    /// <summary>How many frames came in so far.</summary>
    internal long Heard => Interlocked.Read(ref heard);

    /// <summary>Given up by this side: whatever still comes from it is not delivered.</summary>
    internal bool IsAbandoned => abandoned;

    /// <summary>Whether a frame of it is just being delivered, or waits for that: meanwhile nothing is read.</summary>
    internal bool IsDelivering
    {
        get => isDelivering;
        set => isDelivering = value;
    }

    /// <summary>Its heartbeat, once the server has greeted.</summary>
    internal LinkPulse? Pulse { get; set; }

    /// <summary>Called by the reader for each frame, outside of turns. A link has one reader, so nobody else adds.</summary>
    internal void CountFrame() => Volatile.Write(ref heard, heard + 1);

    internal void Abandon() => abandoned = true;
}

/// <summary>How the game closes a link.</summary>
internal sealed record GameClose(int Code, string Reason);
