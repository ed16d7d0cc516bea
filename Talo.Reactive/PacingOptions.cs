using System;

namespace Talo.Reactive;

/// <summary>
/// How fast frames may be sent. The server counts frames per connection and minute; one too many is refused, and the
/// fourth refusal closes the connection, so the client holds frames back instead.
/// </summary>
public sealed class PacingOptions
{
    /// <summary>Frames a minute that the server takes before a player is identified.</summary>
    /// <value>Default: 300. At least 20.</value>
    public int UnidentifiedLimit { get; set; } = 300;

    /// <summary>Frames a minute that the server takes once a player is identified.</summary>
    /// <value>Default: 3,600. At least 20.</value>
    public int IdentifiedLimit { get; set; } = 3600;

    /// <summary>The sliding stretch of time that the limits are kept in.</summary>
    /// <value>Default: 65 s: the server's 60 s and 5 s for a latency that changes. From 60 s to 10 min.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(65);

    /// <summary>How long half the rate is kept after the server closed a connection for sending too much.</summary>
    /// <value>Default: 5 min.</value>
    public TimeSpan HalfRateFor { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long nothing is sent after the server said <c>RATE_LIMIT_EXCEEDED</c>: until its block is over.</summary>
    /// <value>Default: 61 s.</value>
    public TimeSpan SilenceFor { get; set; } = TimeSpan.FromSeconds(61);
}
