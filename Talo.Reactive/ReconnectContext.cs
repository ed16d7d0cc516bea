using System;

namespace Talo.Reactive;

/// <summary>What a reconnect policy decides on.</summary>
/// <param name="Attempt">How many tries in a row have failed, this one included: 1 after the first.</param>
/// <param name="Cause">Why the last one failed or ended.</param>
/// <param name="Suggested">What the default policy would wait; null when it would give up.</param>
public sealed record ReconnectContext(int Attempt, ConnectionCause Cause, TimeSpan? Suggested);
