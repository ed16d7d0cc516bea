using System;

namespace Talo.Reactive;

/// <summary>A stretch of time whose events were not delivered.</summary>
/// <param name="From">The last time that the ended link was known to be alive.</param>
/// <param name="To">When events flow again.</param>
public sealed record ConnectionGap(DateTimeOffset From, DateTimeOffset To);
