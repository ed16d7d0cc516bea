using System;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Inbound;

/// <summary>One kind of event for all who listen to it.</summary>
/// <param name="name">What a game calls the stream.</param>
/// <param name="read">Reads an event.</param>
/// <param name="known">What events told of before.</param>
/// <param name="deliveries">Where observers are called.</param>
/// <param name="faults">Hears of observers that throw.</param>
internal sealed class EventRoute<T>(string name, EventReader<T> read, KnownEntities known, SerialQueue deliveries, IFaultReporter faults)
    : EventStream<T>(name, deliveries, faults), IEventRoute
{
    public bool IsWanted(ReadOnlySpan<byte> data) => HasObservers;

    public void OnNext(ReadOnlySpan<byte> data) => OnNext(Payload.Read(data, read, known));

    void IEventRoute.OnCompleted() => OnCompleted();
}
