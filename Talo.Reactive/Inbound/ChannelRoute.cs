using System;
using System.Collections.Generic;
using Talo.Reactive.Dispatch;

namespace Talo.Reactive.Inbound;

/// <summary>Channel messages for all who listen: to every channel, or to one. One look-up a message, however many channels.</summary>
internal sealed class ChannelRoute
{
    private readonly object gate = new();
    private readonly SerialQueue deliveries;
    private readonly IFaultReporter faults;
    private readonly Dictionary<int, EventStream<ChannelMessage>> channels = [];
    private bool completed;

    internal ChannelRoute(SerialQueue deliveries, IFaultReporter faults)
    {
        this.deliveries = deliveries;
        this.faults = faults;
        All = new EventStream<ChannelMessage>("Channels.Messages", deliveries, faults);
    }

    internal EventStream<ChannelMessage> All { get; }

    internal bool HasObservers
    {
        get
        {
            if (All.HasObservers) return true;
            lock (gate) return channels.Count > 0;
        }
    }

    internal IObservable<ChannelMessage> In(int channelId) => new OneChannel(this, channelId);

    internal void OnNext(ChannelMessage message)
    {
        All.OnNext(message);
        EventStream<ChannelMessage>? one;
        lock (gate) channels.TryGetValue(message.Channel.Id, out one);
        one?.OnNext(message);
    }

    internal void OnCompleted()
    {
        EventStream<ChannelMessage>[] left;
        lock (gate)
        {
            completed = true;
            left = [.. channels.Values];
            channels.Clear();
        }

        All.OnCompleted();
        foreach (var stream in left) stream.OnCompleted();
    }

    /// <summary>The stream of a channel: there while somebody listens to it.</summary>
    private sealed class OneChannel(ChannelRoute route, int channelId) : IObservable<ChannelMessage>
    {
        public IDisposable Subscribe(IObserver<ChannelMessage> observer)
        {
            EventStream<ChannelMessage>? stream;
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
                    if (!route.channels.TryGetValue(channelId, out stream))
                    {
                        stream = new EventStream<ChannelMessage>($"Channels.In({channelId}).Messages", route.deliveries, route.faults);
                        route.channels.Add(channelId, stream);
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
                    if (!x.stream.HasObservers && x.route.channels.TryGetValue(x.channelId, out var current) && current == x.stream)
                        x.route.channels.Remove(x.channelId);
                }
            });
        }
    }
}
