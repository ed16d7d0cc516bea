using System;
using System.Collections.Concurrent;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Inbound;

/// <summary>
/// One kind of channel event for all who listen: in every channel, or in one. One look-up an event, however many channels.
/// </summary>
internal sealed class ChannelRoute<T> : IEventRoute
{
    private readonly object gate = new();
    private readonly string name;
    private readonly EventReader<T> read;
    private readonly KnownEntities known;
    private readonly Func<T, Channel> channelOf;
    private readonly SerialQueue deliveries;
    private readonly IFaultReporter faults;
    // Changed under the lock, read without it: a lock for each event would cost a third of reading one.
    private volatile ConcurrentDictionary<int, EventStream<T>>? channels;
    private bool completed;
    private EventStream<T>? own;
    private EventFilter? concernsOwn;

    /// <param name="name">What a game calls the stream, under <c>Channels</c> and <c>Channels.In(id)</c>.</param>
    /// <param name="read">Reads an event.</param>
    /// <param name="channelOf">The channel that an event is of.</param>
    /// <param name="known">What events told of before.</param>
    /// <param name="deliveries">Where observers are called.</param>
    /// <param name="faults">Hears of observers that throw.</param>
    internal ChannelRoute(
        string name, EventReader<T> read, Func<T, Channel> channelOf, KnownEntities known, SerialQueue deliveries, IFaultReporter faults)
    {
        this.name = name;
        this.read = read;
        this.channelOf = channelOf;
        this.known = known;
        this.deliveries = deliveries;
        this.faults = faults;
        All = new EventStream<T>($"Channels.{name}", deliveries, faults);
    }

    internal EventStream<T> All { get; }

    public bool IsWanted(ReadOnlySpan<byte> data)
    {
        if (All.HasObservers || concernsOwn?.Invoke(data) == true) return true;
        if (channels is not { } listened) return false;

        // In the server's layout the id is told by the first bytes; in any other the event is read to know.
        return !ChannelId.TryPeek(data, out var id) || listened.ContainsKey(id);
    }

    public void OnNext(ReadOnlySpan<byte> data) => OnNext(Read(data));

    public void OnCompleted()
    {
        EventStream<T>[] left;
        lock (gate)
        {
            completed = true;
            left = channels is { } listened ? [.. listened.Values] : [];
            channels = null;
        }

        All.OnCompleted();
        foreach (var stream in left) stream.OnCompleted();
    }

    internal IObservable<T> In(int channelId) => new OneChannel(this, channelId);

    /// <summary>The library's own listener, told before any other: there is one. It hears others' events too where these are decoded.</summary>
    /// <param name="concerns">Whether an event is one that it must hear; it is decoded for these only.</param>
    /// <param name="heard">The listener.</param>
    internal void Listen(EventFilter concerns, Action<T> heard)
    {
        own = new EventStream<T>(All.Name, deliveries, faults);
        own.Subscribe(heard);
        concernsOwn = concerns;
    }

    /// <summary>Reads an event without telling anybody.</summary>
    internal T Read(ReadOnlySpan<byte> data) => Payload.Read(data, read, known);

    internal void OnNext(T value)
    {
        own?.OnNext(value);
        All.OnNext(value);
        if (channels is { } listened && listened.TryGetValue(channelOf(value).Id, out var one)) one.OnNext(value);
    }

    /// <summary>The stream of a channel: there while somebody listens to it.</summary>
    private sealed class OneChannel(ChannelRoute<T> route, int channelId) : IObservable<T>
    {
        public IDisposable Subscribe(IObserver<T> observer)
        {
            EventStream<T>? stream;
            IDisposable subscription;
            lock (route.gate)
            {
                if (route.completed)
                {
                    stream = null;
                    subscription = System.Reactive.Disposables.Disposable.Empty;
                }
                else
                {
                    var listened = route.channels ??= new(concurrencyLevel: 1, capacity: 1);
                    if (!listened.TryGetValue(channelId, out stream))
                    {
                        stream = new EventStream<T>($"Channels.In({channelId}).{route.name}", route.deliveries, route.faults);
                        listened[channelId] = stream;
                    }

                    subscription = stream.Subscribe(observer);
                }
            }

            // Over: it is told so outside of the lock.
            if (stream is null) return route.All.Subscribe(observer);
            return System.Reactive.Disposables.Disposable.Create((route, channelId, stream, subscription), static x =>
            {
                x.subscription.Dispose();
                lock (x.route.gate)
                {
                    if (x.stream.HasObservers || x.route.channels is not { } listened) return;
                    if (listened.TryGetValue(x.channelId, out var current) && current == x.stream) listened.TryRemove(x.channelId, out _);
                }
            });
        }
    }
}
