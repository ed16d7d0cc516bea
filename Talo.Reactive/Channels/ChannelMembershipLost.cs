using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>
/// A membership, or the ownership of a channel, that was lost with the connection and that the client could not get back.
/// </summary>
public sealed record ChannelMembershipLost
{
    /// <summary>The channel as it was last known. Never null.</summary>
    public Channel Channel { get; init; } = Channel.Unknown;

    /// <summary>What became of it.</summary>
    public ChannelMembershipLossCause Cause { get; init; }

    /// <summary>The server's answer; null where no call was refused.</summary>
    public TaloException? Error { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"{Channel.Name} lost ({Cause})");
}
