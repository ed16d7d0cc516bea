using System;

namespace Talo.Reactive.Benchmarks.Receivers;

internal static class Expect
{
    /// <summary>A receiver that missed something was quick for the wrong reason.</summary>
    internal static void Count(long expected, long seen)
    {
        if (seen != expected) throw new InvalidOperationException($"{seen} messages were seen instead of {expected}.");
    }
}
