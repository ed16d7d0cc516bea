using System;
using BenchmarkDotNet.Attributes;
using Talo.Reactive.Benchmarks.Frames;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Inbound;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Benchmarks.Pieces;

/// <summary>From a decoded event to its observers: of the stream, and of one of many channels.</summary>
public class RoutingBenchmarks
{
    private readonly ChannelMessage value = TaloMessage.Parse(TaloFrames.Echo).DataAs<ChannelMessage>();
    private ChannelRoute<ChannelMessage> route = null!;
    private long heard;

    [Params(1, 1_000)]
    public int Channels { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var queue = new SerialQueue(static error => throw error);
        route = new("Messages", ChannelMessageJson.ReadEvent, static x => x.Channel, new KnownEntities(), queue, new NoFaults());
        for (var i = 0; i < Channels; i++) route.In(value.Channel.Id + i).Subscribe(_ => heard++);
    }

    [Benchmark(Description = "route to the observer of a channel")]
    public long Route()
    {
        route.OnNext(value);
        return heard;
    }

    private sealed class NoFaults : IFaultReporter
    {
        public void ObserverThrew(string stream, Exception error, bool detached) => throw error;

        public void Report(TaloFaultKind kind, string text, string? where, Exception? error) => throw new InvalidOperationException(text);
    }
}
