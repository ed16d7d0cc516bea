using System;
using System.Collections.Generic;
using System.Reactive.Disposables;
using Talo.Reactive.Channels.Memberships;
using Talo.Reactive.Connection;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;
using Talo.Reactive.Inbound;

namespace Talo.Reactive.Channels.Storage;

/// <summary>The channels whose storage somebody watches: one watch each, there while it has observers.</summary>
internal sealed class StorageWatches
{
    // Touched on the delivery queue only.
    private readonly Dictionary<int, StorageWatch> watches = [];

    internal StorageWatches(
        Settings settings, TaloHttp http, TaloConnection connection, ChannelMemberships memberships, Turns turns, EventStreams streams)
    {
        Settings = settings;
        Calls = new StorageCalls(http);
        Connection = connection;
        Memberships = memberships;
        Turns = turns;
        Streams = streams;
    }

    internal Settings Settings { get; }

    internal StorageCalls Calls { get; }

    internal TaloConnection Connection { get; }

    internal ChannelMemberships Memberships { get; }

    internal Turns Turns { get; }

    internal EventStreams Streams { get; }

    internal IObservable<ChannelStorage> Of(int channelId, string[] keys) => new Query(this, channelId, keys);

    internal void TellFailed(ChannelStorageResult result)
    {
        if (result.FailedProps.Count > 0) Turns.Tell(() => Streams.ChannelStorageFailed.OnNext(result));
    }

    /// <summary>On the delivery queue: whoever comes next gets a new watch.</summary>
    internal void Ended(StorageWatch watch)
    {
        if (watches.TryGetValue(watch.ChannelId, out var current) && current == watch) watches.Remove(watch.ChannelId);
    }

    private StorageWatch Watch(int channelId)
    {
        if (watches.TryGetValue(channelId, out var watch)) return watch;
        watch = new StorageWatch(this, channelId);
        watches.Add(channelId, watch);
        watch.Begin();
        return watch;
    }

    private sealed class Query(StorageWatches all, int channelId, string[] keys) : IObservable<ChannelStorage>
    {
        public IDisposable Subscribe(IObserver<ChannelStorage> observer)
        {
            if (observer is null) throw new ArgumentNullException(nameof(observer));
            GuardScope.Reached(all.Streams.Faults);
            var viewer = new StorageViewer($"Channels.In({channelId}).Storage", keys, observer, all.Streams.Faults);
            // On the delivery queue, as everything that a watch does.
            if (!all.Turns.Deliveries.TryPost(() =>
            {
                if (!viewer.IsOver) all.Watch(channelId).Add(viewer);
            }))
            {
                observer.OnCompleted();
                return Disposable.Empty;
            }

            all.Turns.Tell(static () => { });
            return Disposable.Create((all, viewer), static x =>
            {
                x.viewer.End();
                x.all.Turns.Tell(() => x.viewer.Watch?.Remove(x.viewer));
            });
        }
    }
}
