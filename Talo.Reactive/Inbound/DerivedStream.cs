using System;
using Talo.Reactive.Dispatch;

namespace Talo.Reactive.Inbound;

/// <summary>
/// A hot stream made of another by operators, once for all its observers. It hangs on its source while somebody listens; its
/// observers are kept apart as those of every event stream.
/// </summary>
internal sealed class DerivedStream<T> : EventStream<T>
{
    private readonly object linking = new();
    private readonly IObservable<T> source;
    private IDisposable? link;
    private bool isLinked;

    internal DerivedStream(string name, IObservable<T> source, SerialQueue deliveries, IFaultReporter faults)
        : base(name, deliveries, faults) => this.source = source;

    public override IDisposable Subscribe(IObserver<T> observer)
    {
        var subscription = base.Subscribe(observer);
        Link();
        return subscription;
    }

    protected override void Remove(IObserver<T> observer)
    {
        base.Remove(observer);
        IDisposable? needless;
        lock (linking)
        {
            if (HasObservers || !isLinked) return;
            isLinked = false;
            needless = link;
            link = null;
        }

        needless?.Dispose();
    }

    private void Link()
    {
        var fresh = new System.Reactive.Disposables.SingleAssignmentDisposable();
        lock (linking)
        {
            if (isLinked || !HasObservers) return;
            isLinked = true;
            link = fresh;
        }

        fresh.Disposable = source.Subscribe(OnNext, OnCompleted);
    }
}
