using System;

namespace Talo.Reactive.Dispatch;

/// <summary>Sums of times that stop at the longest time: a wait "for ever" neither throws nor comes due early.</summary>
internal static class Saturating
{
    /// <summary>Adds to a time that is not negative.</summary>
    internal static TimeSpan Sum(TimeSpan time, TimeSpan more) =>
        more < TimeSpan.MaxValue - time ? time + more : TimeSpan.MaxValue;
}
