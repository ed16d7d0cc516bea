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
    private readonly KnownEntities known = new();
    private int start;
    private int length;

    [GlobalSetup]
    public void Setup()
    {
        if (!Envelope.TryScan(frame, out var envelope, out var problem)) throw new InvalidOperationException(problem);
        start = envelope.DataStart;
        length = envelope.DataLength;
        // Known from their second time on.
        for (var i = 0; i < 2; i++) TypedKnown();
    }

    [Benchmark(Description = "decode, typed")]
    public object Typed() => Payload.Read(frame.AsSpan(start, length), ChannelMessageJson.Read);

    [Benchmark(Description = "decode, typed, channel and sender known")]
    public object TypedKnown() => Payload.Read(frame.AsSpan(start, length), ChannelMessageJson.ReadEvent, known);

    // A message keeps what it was decoded to, so each needs one of its own.
    [Benchmark(Description = "a message of its own, DataAs<ChannelMessage>")]
    public object DataAs() => new TaloMessage("v1.channels.message", frame, start, length, known).DataAs<ChannelMessage>();

    [Benchmark(Description = "decode, JObject.Parse and ToObject")]
    public object? Newtonsoft() => JObject.Parse(text)["data"]!.ToObject<GameMessage>();
}
