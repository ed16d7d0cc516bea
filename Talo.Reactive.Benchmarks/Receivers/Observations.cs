using System;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Text.Json.Serialization.Metadata;

namespace Talo.Reactive.Benchmarks.Receivers;

/// <summary>What a game can do with what comes in.</summary>
internal static class Observations
{
    private const string ChannelMessage = "v1.channels.message";

    internal static IDisposable Nothing(TaloClient client, Counter counter) => Disposable.Empty;

    internal static IDisposable Messages(TaloClient client, Counter counter) =>
        client.Socket.Messages.Subscribe(message =>
        {
            if (message.Res != "v1.error") counter.Add();
        });

    internal static IDisposable Typed(TaloClient client, Counter counter) =>
        client.Channels.Messages.Subscribe(_ => counter.Add());

    internal static IDisposable DataAs<T>(TaloClient client, Counter counter) =>
        client.Socket.Messages
            .Where(static message => message.Res == ChannelMessage)
            .Select(static message => message.DataAs<T>())
            .Subscribe(_ => counter.Add());

    internal static Func<TaloClient, Counter, IDisposable> DataAs<T>(JsonTypeInfo<T> type) => (client, counter) =>
        client.Socket.Messages
            .Where(static message => message.Res == ChannelMessage)
            .Select(message => message.DataAs(type))
            .Subscribe(_ => counter.Add());

    /// <summary>Several observers of the one typed stream.</summary>
    internal static Func<TaloClient, Counter, IDisposable> Observers(int count) => (client, counter) =>
    {
        var all = new CompositeDisposable();
        for (var i = 0; i < count; i++) all.Add(Typed(client, counter));
        return all;
    };

    /// <summary>An observer in each of so many channels, the first of which is the one with that id.</summary>
    internal static Func<TaloClient, Counter, IDisposable> Channels(int firstId, int count) => (client, counter) =>
    {
        var all = new CompositeDisposable();
        for (var i = 0; i < count; i++) all.Add(client.Channels.In(firstId + i).Messages.Subscribe(_ => counter.Add()));
        return all;
    };
}
