using System;

namespace Talo.Reactive;

/// <summary>How a dead link is noticed: a heartbeat goes out at an interval, and anything that comes in counts as its answer.</summary>
/// <remarks>Heartbeats count toward the server's rate limit. The server drops a connection that it has not heard for 30 to 60 s.</remarks>
public sealed class HeartbeatOptions
{
    /// <summary>Whether heartbeats are sent.</summary>
    /// <value>Default: true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>The time between two heartbeats.</summary>
    /// <value>Default: 25 s. From 5 s to 10 min.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How long after a heartbeat a silent link is given up. Runs only while the client is reading, not while an observer keeps it.</summary>
    /// <value>Default: 15 s.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);
}
