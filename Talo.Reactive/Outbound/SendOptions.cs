using System;

namespace Talo.Reactive;

/// <summary>How one frame is sent.</summary>
public sealed class SendOptions
{
    /// <summary>How long the frame may wait for the connection, an identified player and its turn; then it is refused instead of sent late.</summary>
    /// <value>Default: null, as long as it takes.</value>
    public TimeSpan? ExpiresAfter { get; init; }
}
