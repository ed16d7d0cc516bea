using System;

namespace Talo.Reactive;

/// <summary>How long each step may take before it counts as failed.</summary>
public sealed class TimeoutOptions
{
    /// <summary>An HTTP call, from the request to the last byte of the answer.</summary>
    /// <value>Default: 20 s.</value>
    public TimeSpan Http { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Opening the WebSocket.</summary>
    /// <value>Default: 15 s.</value>
    public TimeSpan Dial { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>From the open WebSocket to the server's <c>v1.connected</c>.</summary>
    /// <value>Default: 10 s.</value>
    public TimeSpan Connected { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>From the identify request to its answer.</summary>
    /// <value>Default: 10 s.</value>
    public TimeSpan Identify { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The closing handshake.</summary>
    /// <value>Default: 2 s.</value>
    public TimeSpan Close { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>From a channel message on the wire to its echo, for <see cref="TaloChannels.DeliverAsync"/>.</summary>
    /// <value>Default: 10 s.</value>
    public TimeSpan Delivery { get; set; } = TimeSpan.FromSeconds(10);
}
