using System;
using System.Collections.Generic;

namespace Talo.Reactive.Loopback;

/// <summary>
/// Settings of a <see cref="LoopbackTalo"/>. The defaults are the limits of a real Talo server; the clock and every limit can be
/// changed so that a test need not wait for them.
/// </summary>
public sealed class LoopbackOptions
{
    /// <summary>TCP port on 127.0.0.1. Default 0: a free one.</summary>
    public int Port { get; init; }

    /// <summary>Scopes of <see cref="LoopbackTalo.AccessKey"/>. Default <c>*</c>, full access.</summary>
    public IReadOnlyCollection<string> Scopes { get; init; } = ["*"];

    /// <summary>
    /// The clock of all lifetimes, windows, pings and timestamps, and of the HTTP Date header. Default: the system clock. See
    /// <see cref="ManualClock"/> for one that a test moves.
    /// </summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How long a socket ticket is valid. Default 300 s.</summary>
    public TimeSpan TicketLifetime { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>How long a socket token is valid. Default 1 h.</summary>
    public TimeSpan SocketTokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Interval of the one timer that pings all sockets. Default 30 s.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may take to answer a close frame before its connection is reset. Default 30 s.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Interval at which channel messages are added to <c>totalMessages</c>. Default 30 s.</summary>
    public TimeSpan MessageFlushInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Real time that checking a ticket and identifying a socket take, as they do at Talo: frames that arrive before
    /// <c>v1.connected</c> are dropped, frames right behind an identify are those of nobody. Default 5 ms; zero for none.
    /// </summary>
    public TimeSpan CheckLatency { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Frames that an unidentified connection may send in a window. Default 300.</summary>
    public int UnidentifiedFrameLimit { get; init; } = 300;

    /// <summary>Frames that an identified connection may send in a window. Default 3,600.</summary>
    public int IdentifiedFrameLimit { get; init; } = 3600;

    /// <summary>Window of the frame limits, and length of the block after them. Default 60 s.</summary>
    public TimeSpan SocketRateWindow { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Warnings before a connection over its limit is closed with 1008. Default 3.</summary>
    public int RateLimitWarnings { get; init; } = 3;

    /// <summary>Tickets, tokens and identifications per client address and window. Default 20; null for no limit.</summary>
    public int? HttpAuthLimit { get; init; } = 20;

    /// <summary>All other HTTP calls per client address and window. Default 100; null for no limit.</summary>
    public int? HttpDefaultLimit { get; init; } = 100;

    /// <summary>Window of the HTTP limits, and length of the block after them. Default 60 s.</summary>
    public TimeSpan HttpRateWindow { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Largest HTTP body, in bytes. Default 1 MiB.</summary>
    public long MaxBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>Largest socket message, in bytes; a larger one closes with 1009. Default 100 MiB.</summary>
    public long MaxFrameBytes { get; init; } = 100 * 1024 * 1024;

    /// <summary>Bytes that may wait for a client that does not read, before its connection is reset. Default 32 MiB.</summary>
    public long MaxQueuedBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Keeps the text of every frame that arrives, see <see cref="LoopbackTalo.ReceivedFrames"/>. Default false.</summary>
    public bool RecordFrames { get; init; }

    /// <summary>
    /// Gets one line a request and one at each start and end of a socket, from any thread. Keys, tokens, tickets and identifiers
    /// are never in it. Default none.
    /// </summary>
    public Action<string>? Log { get; init; }
}
