namespace Talo.Reactive.Loopback;

/// <summary>A socket that has been sent <c>v1.connected</c>.</summary>
/// <param name="Id">Number of the connection, ascending.</param>
/// <param name="AliasId">The alias that it is identified as, null when none.</param>
public readonly record struct LoopbackConnection(long Id, int? AliasId);
