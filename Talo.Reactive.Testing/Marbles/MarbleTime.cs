using System;

namespace Talo.Reactive.Testing;

/// <summary>Frames to ticks and back.</summary>
internal readonly struct MarbleTime
{
    private readonly long _frame;

    /// <param name="frame">How long a frame lasts; null for one second.</param>
    internal MarbleTime(TimeSpan? frame)
    {
        var length = frame ?? TimeSpan.FromSeconds(1);
        if (length <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(frame), length, "A frame lasts longer than zero.");
        _frame = length.Ticks;
    }

    internal long TicksOf(int frame) => checked(frame * _frame);

    // Each hop over a scheduler costs a tick, so an observer may have come some ticks after the source that it watches:
    // what happens in the last hundredth of a frame belongs to the next.
    internal int FrameOf(long ticks) => checked((int)Math.Floor((ticks + (_frame / 100)) / (decimal)_frame));
}
