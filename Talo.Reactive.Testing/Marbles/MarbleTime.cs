using System;
using System.Reactive.Concurrency;

namespace Talo.Reactive.Testing;

/// <summary>Frames to ticks and back.</summary>
internal readonly struct MarbleTime
{
    private readonly long _frame;

    internal MarbleTime(IScheduler scheduler, TimeSpan? frame)
    {
        var length = frame ?? (scheduler as TestScheduler)?.Frame ?? TimeSpan.FromSeconds(1);
        if (length <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(frame), length, "A frame lasts longer than zero.");
        _frame = length.Ticks;
    }

    internal long TicksOf(int frame) => checked(frame * _frame);

    // Each hop over a scheduler costs a tick, so an observer may have come some ticks after the source that it watches:
    // what happens in the last hundredth of a frame belongs to the next.
    internal int FrameOf(long ticks) => checked((int)((ticks + (_frame / 100)) / _frame));
}
