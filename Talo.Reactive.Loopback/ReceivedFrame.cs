namespace Talo.Reactive.Loopback;

/// <summary>A frame that a client sent, as it came. It may hold a socket token.</summary>
/// <param name="ConnectionId">Number of the connection, see <see cref="LoopbackConnection.Id"/>.</param>
/// <param name="AliasId">The alias that the connection was identified as, null when none.</param>
/// <param name="Text">The frame's text.</param>
public readonly record struct ReceivedFrame(long ConnectionId, int? AliasId, string Text);
