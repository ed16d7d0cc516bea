using System;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Inbound;

/// <summary>One kind of event for all who listen to it.</summary>
/// <param name="name">What a game calls the stream.</param>
/// <param name="read">Reads an event from the bytes.</param>
/// <param name="deliveries">Where observers are called.</param>
/// <param name="faults">Hears of observers that throw.</param>
internal sealed class EventRoute<T>(string name, EntityReader<T> read, SerialQueue deliveries, IFaultReporter faults)
    : EventStream<T>(name, deliveries, faults), IEventRoute
{
    bool IEventRoute.HasObservers => HasObservers;

    public void OnNext(ReadOnlySpan<byte> data) => OnNext(Payload.Read(data, read));

    void IEventRoute.OnCompleted() => OnCompleted();
}
