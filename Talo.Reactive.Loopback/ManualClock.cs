using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Talo.Reactive.Loopback;

/// <summary>
/// A clock that stands still until it is moved: a ticket expires, a rate window passes and a ping falls due without waiting.
/// Timers run on the thread that moves it, in the order in which they are due.
/// </summary>
public sealed class ManualClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now;

    /// <summary>A clock that shows <paramref name="start"/>; without one, the present.</summary>
    public ManualClock(DateTimeOffset? start = null) => now = start ?? DateTimeOffset.UtcNow;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves the clock on and runs the timers that fall due on the way.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is negative.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var target = GetUtcNow() + time;
        while (NextDue(target) is { } timer)
            timer.Run();
        lock (gate)
            now = target;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (gate)
            timers.Add(timer);
        return timer;
    }

    private ManualTimer? NextDue(DateTimeOffset target)
    {
        lock (gate)
        {
            var timer = timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
            if (timer is not null)
            {
                now = timer.Due > now ? timer.Due.Value : now;
                timer.Schedule();
            }
            return timer;
        }
    }

    private sealed class ManualTimer(ManualClock clock, Action callback) : ITimer
    {
        private TimeSpan period;

        public DateTimeOffset? Due { get; private set; }

        public void Run() => callback();

        public void Schedule() => Due = period > TimeSpan.Zero ? Due + period : null;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.now + dueTime;
                this.period = period;
            }
            return true;
        }

        public void Dispose()
        {
            lock (clock.gate)
                clock.timers.Remove(this);
        }

        public System.Threading.Tasks.ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
