namespace Talo.Reactive;

/// <summary>What became of a channel message.</summary>
/// <param name="Outcome">Whether the server passed it on.</param>
/// <param name="Error">The server's answer, when <paramref name="Outcome"/> is <see cref="DeliveryOutcome.Rejected"/>.</param>
public sealed record Delivery(DeliveryOutcome Outcome, TaloSocketError? Error);
