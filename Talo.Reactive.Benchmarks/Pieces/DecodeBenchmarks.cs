using System;
using System.Text;
using BenchmarkDotNet.Attributes;
using Newtonsoft.Json.Linq;
using Talo.Reactive.Benchmarks.Frames;
using Talo.Reactive.Benchmarks.Receivers;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Benchmarks.Pieces;

/// <summary>From the bytes of a channel message to an object.</summary>
public class DecodeBenchmarks
{
    private readonly byte[] frame = Encoding.UTF8.GetBytes(TaloFrames.Echo);
    private readonly string text = TaloFrames.Echo;
    private readonly TaloMessage message = TaloMessage.Parse(TaloFrames.Echo);
    private readonly KnownEntities known = new();
    private int start;
    private int length;

    [GlobalSetup]
    public void Setup()
    {
        if (!Envelope.TryScan(frame, out var envelope, out var problem)) throw new InvalidOperationException(problem);
        start = envelope.DataStart;
        length = envelope.DataLength;
    }

    [Benchmark(Description = "decode, sender and channel known")]
    public object Known() => Payload.Read(frame.AsSpan(start, length), ChannelMessageJson.ReadEvent, known);

    [Benchmark(Description = "decode, nothing known")]
    public object New() => Payload.Read(frame.AsSpan(start, length), ChannelMessageJson.Read);

    [Benchmark(Description = "decode, DataAs<ChannelMessage>")]
    public object DataAs() => message.DataAs<ChannelMessage>();

    [Benchmark(Description = "decode, JObject.Parse and ToObject")]
    public object? Newtonsoft() => JObject.Parse(text)["data"]!.ToObject<GameMessage>();
}
