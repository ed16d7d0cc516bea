using System;

namespace Talo.Reactive.Http;

/// <summary>Makes a time that never goes back out of a wall clock that may: a player can set it while the game runs.</summary>
/// <remarks>
/// In ticks, to be compared with each other only. A mutable struct: keep it in a field that is not readonly, under the
/// lock of its owner.
/// </remarks>
internal struct SteadyClock
{
    private long _latest;
    private long _shift;

    /// <summary>The steady time at a reading of the wall clock.</summary>
    internal long Read(DateTimeOffset now)
    {
        var back = _latest - At(now);
        // A small step back is held rather than followed, or else a clock that trembles would run fast.
        if (back > TimeSpan.TicksPerSecond) _shift += back;
        if (back < 0) _latest -= back;
        return _latest;
    }

    /// <summary>Where a moment of the wall clock, which may lie ahead, falls on the steady time.</summary>
    internal readonly long At(DateTimeOffset moment) => moment.UtcTicks + _shift;
}
