using System;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Sockets;

internal enum RateVerdict
{
    Accepted,
    Warned,
    Expelled,
}

/// <summary>
/// Counts the frames of one connection, before and after identification apart. Warnings outlive both counters and go down with
/// signs of life.
/// </summary>
internal sealed class SocketRateLimit(LoopbackOptions options)
{
    private readonly FixedWindow unidentified = new(options.UnidentifiedFrameLimit, options.SocketRateWindow);
    private readonly FixedWindow identified = new(options.IdentifiedFrameLimit, options.SocketRateWindow);
    private int warnings;

    public RateVerdict Count(bool isIdentified, DateTimeOffset now)
    {
        if ((isIdentified ? identified : unidentified).TryHit(now))
            return RateVerdict.Accepted;
        return ++warnings > options.RateLimitWarnings ? RateVerdict.Expelled : RateVerdict.Warned;
    }

    public void Forgive() => warnings = Math.Max(0, warnings - 1);
}
