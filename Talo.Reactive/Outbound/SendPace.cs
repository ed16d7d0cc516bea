using System;
using Talo.Reactive.Http;

namespace Talo.Reactive.Outbound;

/// <summary>
/// Paces the frames of one link that one counter of the server counts, so that its limiter never rejects one. Pure: the
/// caller tells the time and waits. Not thread-safe.
/// </summary>
/// <remarks>
/// The server counts in fixed windows that begin when a frame reaches it. When the latency falls, frames that left in two
/// windows arrive in one, so a log slides over a window that is longer than the server's by the latency to survive.
/// </remarks>
internal sealed class SendPace
{
    private readonly SendLog _game;
    private readonly SendLog _reserved;
    private SteadyClock _clock;
    private long _halfUntil;
    private long _silentUntil;

    /// <param name="limit">How many frames the server takes in one of its windows; at least 2.</param>
    /// <param name="window">The server's window and the latency to survive.</param>
    /// <param name="reserveShare">The part of the limit, above 0 and below 1, that is kept for <see cref="FrameClass.Reserved"/>.</param>
    internal SendPace(int limit, TimeSpan window, double reserveShare)
    {
        if (limit < 2) throw new ArgumentOutOfRangeException(nameof(limit), limit, "Needs room for one frame of each class.");
        if (window <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(window), window, "Must be positive.");
        if (!(reserveShare > 0 && reserveShare < 1))
            throw new ArgumentOutOfRangeException(nameof(reserveShare), reserveShare, "Must lie between 0 and 1.");

        // Rounded up, so that the reserve is never less than promised; decimal, since 0.05 of 300 is not 15 in binary.
        var reserve = Math.Clamp((int)Math.Ceiling(limit * (decimal)reserveShare), 1, limit - 1);
        _game = new SendLog(limit - reserve, window.Ticks);
        _reserved = new SendLog(reserve, window.Ticks);
    }

    /// <summary>Zero when a frame of this class may be written now, else how long to wait before asking again.</summary>
    internal TimeSpan WaitFor(FrameClass cls, DateTimeOffset now)
    {
        var time = _clock.Read(now);
        var from = Math.Max(time, _silentUntil);
        var due = cls == FrameClass.Game ? GameDue(from) : Math.Max(from, _reserved.FreeAt(_reserved.Quota));
        return TimeSpan.FromTicks(due - time);
    }

    /// <summary>Counts a frame. To be called when its write begins.</summary>
    internal void Record(FrameClass cls, DateTimeOffset now) =>
        (cls == FrameClass.Game ? _game : _reserved).Add(_clock.Read(now));

    /// <summary>Half the rate for the game's frames until then: after the server closed a link because of the rate.</summary>
    internal void HalveUntil(DateTimeOffset until) => _halfUntil = Math.Max(_halfUntil, _clock.At(until));

    /// <summary>Nothing at all until then: while the server's block lasts.</summary>
    internal void SilenceUntil(DateTimeOffset until) => _silentUntil = Math.Max(_silentUntil, _clock.At(until));

    private long GameDue(long from)
    {
        var atFull = _game.FreeAt(_game.Quota);
        if (from >= _halfUntil) return Math.Max(from, atFull);

        var atHalf = _game.FreeAt(Math.Max(1, _game.Quota / 2));
        return atHalf < _halfUntil ? Math.Max(from, atHalf) : Math.Max(_halfUntil, atFull);
    }
}
