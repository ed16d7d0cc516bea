using System;
using System.Text;
using BenchmarkDotNet.Attributes;
using Talo.Reactive.Benchmarks.Frames;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Benchmarks.Pieces;

/// <summary>From the bytes of a frame to the name of its kind and the place of its data.</summary>
public class ScanBenchmarks
{
    private readonly byte[] frame = Encoding.UTF8.GetBytes(TaloFrames.Echo);

    // What no server writes today, but may: blanks after the colons.
    private readonly byte[] otherLayout = Encoding.UTF8.GetBytes(TaloFrames.Echo.Replace("\"res\":", "\"res\": ", StringComparison.Ordinal));

    [Benchmark(Description = "scan, layout of the server")]
    public int ServerLayout() => Scan(frame);

    [Benchmark(Description = "scan, any other layout")]
    public int OtherLayout() => Scan(otherLayout);

    private static int Scan(byte[] bytes) =>
        Envelope.TryScan(bytes, out var envelope, out _) && ResTable.TryGet(envelope.Res, out var kind) ? kind : throw new InvalidOperationException();
}
