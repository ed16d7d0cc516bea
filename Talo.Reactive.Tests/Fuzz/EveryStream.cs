using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Talo.Reactive.Tests.Fuzz;

/// <summary>Every stream that a client has, found by reflection: one that is added later is observed as well.</summary>
internal static class EveryStream
{
    /// <summary>Observes all of them, those of one channel included.</summary>
    /// <param name="client">Whose streams.</param>
    /// <param name="channelId">The channel.</param>
    /// <param name="next">Hears each value, with the name of its stream.</param>
    /// <param name="ended">Hears that a stream has ended, with its error if it has one.</param>
    internal static void Observe(TaloClient client, int channelId, Action<string, object> next, Action<string, Exception?> ended)
    {
        foreach (var (name, stream) in Of(client, "").Concat(Of(client.Channels.In(channelId), $"Channels.In({channelId}).")))
            stream.Observe(value => next(name, value), error => ended(name, error));
    }

    private static IEnumerable<(string Name, Stream Stream)> Of(object owner, string path)
    {
        foreach (var property in owner.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (property.GetIndexParameters().Length > 0) continue;
            if (property.PropertyType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(IObservable<>))
            {
                var kind = typeof(Stream<>).MakeGenericType(type.GetGenericArguments());
                yield return (path + property.Name, (Stream)Activator.CreateInstance(kind, property.GetValue(owner))!);
            }
            else if (owner is TaloClient && property.PropertyType is { Namespace: "Talo.Reactive", IsClass: true } && property.GetValue(owner) is { } service)
            {
                foreach (var one in Of(service, property.Name + ".")) yield return one;
            }
        }
    }

    private abstract class Stream
    {
        internal abstract void Observe(Action<object> next, Action<Exception?> ended);
    }

    private sealed class Stream<T>(IObservable<T> source) : Stream
    {
        internal override void Observe(Action<object> next, Action<Exception?> ended) =>
            source.Subscribe(x => next(x!), ended, () => ended(null));
    }
}
