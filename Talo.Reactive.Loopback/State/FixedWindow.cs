using System;

namespace Talo.Reactive.Loopback.State;

/// <summary>
/// A counter whose window starts at its first hit. The hit that exceeds the limit makes the window last another whole
/// length from that moment; hits in that block are refused without prolonging it.
/// </summary>
internal sealed class FixedWindow(int limit, TimeSpan length)
{
    private int count;
    private DateTimeOffset ends;

    public bool HasEnded(DateTimeOffset now) => now >= ends;

    public bool TryHit(DateTimeOffset now)
    {
        if (HasEnded(now))
        {
            count = 0;
            ends = now + length;
        }
        if (count > limit)
            return false;
        if (++count <= limit)
            return true;
        ends = now + length;
        return false;
    }
}
