using System;
using System.Linq;
using BenchmarkDotNet.Attributes;
using Talo.Reactive.Benchmarks.Frames;
using Talo.Reactive.Channels.Storage;

namespace Talo.Reactive.Benchmarks.Pieces;

/// <summary>A write by somebody, merged into the watched keys of a channel's storage, and one of the keys read.</summary>
public class StorageMergeBenchmarks
{
    private const int StorageUpdated = 6;
    private static readonly string[] Written = ["score"];

    private readonly ChannelStorageUpdated update =
        TaloMessage.Parse(TaloFrames.OfKind(StorageUpdated, 1, 1, 1)).DataAs<ChannelStorageUpdated>();

    private StorageMerge merge = null!;

    [Params(1, 100)]
    public int WatchedKeys { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        merge = new StorageMerge();
        var question = new object();
        string[] keys = [.. Written, .. Enumerable.Range(1, WatchedKeys - 1).Select(static i => $"key-{i}")];
        merge.Asked(question, keys);
        merge.Answered(question, keys, []);
    }

    [Benchmark(Description = "merge a write and read its key")]
    public object Merge() => merge.Written(update) && merge.Read(update.Channel.Id, Written) is { } storage
        ? storage
        : throw new InvalidOperationException("The key is watched.");
}
