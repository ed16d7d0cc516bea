using System;
using System.Reactive.Disposables;
using Talo.Reactive.Dispatch;

namespace Talo.Reactive.Inbound;

/// <summary>A stream that tells a new observer the current value first. The value is the last one that was delivered.</summary>
internal sealed class StateStream<T> : EventStream<T>
{
    private T current;

    internal StateStream(string name, T initial, SerialQueue deliveries, IFaultReporter faults)
        : base(name, deliveries, faults) => current = initial;

    public override IDisposable Subscribe(IObserver<T> observer)
    {
        if (observer is null) throw new ArgumentNullException(nameof(observer));
        GuardScope.Reached(Faults);
        var subscription = new SingleAssignmentDisposable();
        // On the delivery queue, so that no newer value overtakes the current one. Where that is idle, this happens at once.
        if (!Deliveries.TryPost(() =>
        {
            if (subscription.IsDisposed) return;
            subscription.Disposable = base.Subscribe(observer);
            Deliver(observer, current);
        }))
        {
            return base.Subscribe(observer);
        }

        Deliveries.Drain();
        return subscription;
    }

    internal new void OnNext(T value)
    {
        current = value;
        base.OnNext(value);
    }
}
