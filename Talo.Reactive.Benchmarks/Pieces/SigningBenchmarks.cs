using System.Text;
using BenchmarkDotNet.Attributes;
using Talo.Reactive.Benchmarks.Frames;
using Talo.Reactive.Http;

namespace Talo.Reactive.Benchmarks.Pieces;

/// <summary>The signature of a frame.</summary>
public class SigningBenchmarks
{
    private const long Time = 1_795_000_000_000;

    private readonly byte[] frame = Encoding.UTF8.GetBytes(TaloFrames.Echo);

    [Benchmark(Description = "sign 1,013 bytes")]
    public byte[] Sign() => RequestSignature.Utf8("1", "dGhlIGtleSBvZiBhIGJlbmNobWFyaw==", RequestSignature.NewRid(), Time, frame);
}
