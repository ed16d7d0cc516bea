using System;
using System.Threading;

namespace Talo.Reactive.Http;

/// <summary>
/// The server's time, estimated from the <c>Date</c> of its HTTP replies: signatures carry a time that must be right to
/// five minutes, and the clocks of players are not. Thread-safe.
/// </summary>
internal sealed class ServerClock
{
    private static readonly long UnixEpoch = DateTimeOffset.UnixEpoch.Ticks;

    private readonly Func<DateTimeOffset> _localClock;
    private readonly object _gate = new();
    private long _offset;
    private volatile bool _isMeasured;

    /// <param name="localClock">The player's clock, right or wrong.</param>
    internal ServerClock(Func<DateTimeOffset> localClock) => _localClock = localClock;

    /// <summary>The player's clock.</summary>
    internal DateTimeOffset Local() => _localClock();

    /// <summary>What to add to the local clock.</summary>
    internal TimeSpan Offset => TimeSpan.FromTicks(Volatile.Read(ref _offset));

    /// <summary>Whether a usable <c>Date</c> has been seen; until then the local clock is taken as right.</summary>
    internal bool IsMeasured => _isMeasured;

    /// <summary>The server's time now, as a signature wants it.</summary>
    internal long UnixMilliseconds() =>
        (_localClock().UtcTicks + Volatile.Read(ref _offset) - UnixEpoch) / TimeSpan.TicksPerMillisecond;

    /// <summary>The server's time now; the nearest that can be told where the clocks are absurd.</summary>
    internal DateTimeOffset Now() =>
        new(Math.Clamp(_localClock().UtcTicks + Volatile.Read(ref _offset), DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);

    /// <summary>Takes one HTTP exchange as a measurement. The newest counts; one that says nothing is ignored.</summary>
    /// <param name="dateHeader">The <c>Date</c> of the reply.</param>
    /// <param name="sentLocal">The local clock before the call.</param>
    /// <param name="receivedLocal">The local clock after the reply.</param>
    internal void Observe(string? dateHeader, DateTimeOffset sentLocal, DateTimeOffset receivedLocal)
    {
        // A reply before its call means that the local clock was set back in between.
        if (receivedLocal < sentLocal || !HttpDate.TryRead(dateHeader, out var date)) return;

        var halfRoundTrip = (receivedLocal - sentLocal).Ticks / 2;
        // The header drops the fraction of its second: on average half of one.
        var measured = date.UtcTicks + (TimeSpan.TicksPerSecond / 2) - (sentLocal.UtcTicks + halfRoundTrip);
        var uncertainty = halfRoundTrip + TimeSpan.TicksPerSecond;

        lock (_gate)
        {
            // The server refuses times that lie far behind the newest it took: what may be noise must not move the clock.
            if (Math.Abs(measured - _offset) > uncertainty) Volatile.Write(ref _offset, measured);
            _isMeasured = true;
        }
    }
}
