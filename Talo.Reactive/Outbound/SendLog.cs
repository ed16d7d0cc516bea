using System;

namespace Talo.Reactive.Outbound;

/// <summary>The times of the latest sends: a ring that grows to its quota and then stops allocating.</summary>
internal sealed class SendLog
{
    private const int FirstCapacity = 16;

    private readonly long _window;
    private long[] _times = Array.Empty<long>();
    private int _oldest;
    private int _count;

    internal SendLog(int quota, long window)
    {
        Quota = quota;
        _window = window;
    }

    /// <summary>How many sends one window may hold.</summary>
    internal int Quota { get; }

    /// <summary>From when on one more send keeps every window within <paramref name="quota"/>; 0 when there is nothing to wait for.</summary>
    internal long FreeAt(int quota) => _count < quota ? 0 : _times[(_oldest + _count - quota) % _times.Length] + _window;

    internal void Add(long time)
    {
        if (_count == _times.Length && !DropOldest(time)) Grow();
        _times[(_oldest + _count++) % _times.Length] = time;
    }

    private bool DropOldest(long now)
    {
        var spent = _count == Quota || (_count > 0 && _times[_oldest] + _window <= now);
        if (!spent) return false;

        _oldest = (_oldest + 1) % _times.Length;
        _count--;
        return true;
    }

    private void Grow()
    {
        var times = new long[Math.Min(Quota, Math.Max(FirstCapacity, 2 * _count))];
        for (var i = 0; i < _count; i++) times[i] = _times[(_oldest + i) % _times.Length];
        _times = times;
        _oldest = 0;
    }
}
