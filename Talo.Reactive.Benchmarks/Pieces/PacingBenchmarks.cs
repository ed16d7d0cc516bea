using System;
using BenchmarkDotNet.Attributes;
using Talo.Reactive.Outbound;

namespace Talo.Reactive.Benchmarks.Pieces;

/// <summary>Whether a frame may go, and the note that it went: at the server's own rate, so that it always may.</summary>
public class PacingBenchmarks
{
    private const int Limit = 3_600;
    private const double Reserve = 0.05;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(65);

    private readonly SendPace pace = new(Limit, Window, Reserve);
    private DateTimeOffset now = DateTimeOffset.UnixEpoch;

    [Benchmark(Description = "pace a frame")]
    public TimeSpan Pace()
    {
        now += TimeSpan.FromMilliseconds(20);
        var wait = pace.WaitFor(FrameClass.Game, now);
        pace.Record(FrameClass.Game, now);
        return wait;
    }
}
