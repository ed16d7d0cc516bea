using System;
using System.Reactive.Disposables;
using Talo.Reactive.Dispatch;

namespace Talo.Reactive.Inbound;

/// <summary>
/// A hot stream whose observers are kept apart: one that throws is reported and harms nobody. Called on the delivery queue
/// only, so one value at a time.
/// </summary>
internal class EventStream<T> : IObservable<T>
{
    // Also what is locked, for a moment, while observers come and go: a client has some forty streams.
    private readonly SerialQueue deliveries;
    private readonly IFaultReporter faults;
    private volatile IObserver<T>[] observers = [];
    private bool completed;

    internal EventStream(string name, SerialQueue deliveries, IFaultReporter faults)
    {
        Name = name;
        this.deliveries = deliveries;
        this.faults = faults;
    }

    internal string Name { get; }

    internal bool HasObservers => observers.Length > 0;

    protected SerialQueue Deliveries => deliveries;

    protected IFaultReporter Faults => faults;

    public virtual IDisposable Subscribe(IObserver<T> observer)
    {
        if (observer is null) throw new ArgumentNullException(nameof(observer));
        GuardScope.Reached(faults);
        if (Add(observer)) return Disposable.Create((stream: this, observer), static x => x.stream.Remove(x.observer));
        observer.OnCompleted();
        return Disposable.Empty;
    }

    internal void OnNext(T value)
    {
        var told = observers;
        for (var next = 0; next < told.Length;)
        {
            // One guard for all of them, set up anew behind one that throws: a guard each would cost more than a small observer.
            try
            {
                while (next < told.Length)
                {
                    // Nothing starts after the client was disposed, not even for the rest of the observers of one value.
                    if (deliveries.IsClosed) return;
                    told[next++].OnNext(value);
                }
            }
            catch (Exception error)
            {
                Threw(told[next - 1], error);
            }
        }
    }

    internal void OnCompleted() => End(static observer => observer.OnCompleted());

    /// <summary>Only for the streams of a query: those of events never end so.</summary>
    internal void OnError(Exception error) => End(observer => observer.OnError(error));

    protected void Deliver(IObserver<T> observer, T value)
    {
        if (deliveries.IsClosed) return;
        try
        {
            observer.OnNext(value);
        }
        catch (Exception error)
        {
            Threw(observer, error);
        }
    }

    // Rx detaches an observer that throws behind an operator; a bare one stays.
    private void Threw(IObserver<T> observer, Exception error) =>
        faults.ObserverThrew(Name, error, detached: Array.IndexOf(observers, observer) < 0);

    protected bool Add(IObserver<T> observer)
    {
        lock (deliveries)
        {
            if (completed) return false;
            observers = [.. observers, observer];
            return true;
        }
    }

    protected virtual void Remove(IObserver<T> observer)
    {
        lock (deliveries)
        {
            var index = Array.IndexOf(observers, observer);
            if (index < 0) return;
            var left = new IObserver<T>[observers.Length - 1];
            Array.Copy(observers, left, index);
            Array.Copy(observers, index + 1, left, index, left.Length - index);
            observers = left;
        }
    }

    private void End(Action<IObserver<T>> tell)
    {
        IObserver<T>[] left;
        lock (deliveries)
        {
            if (completed) return;
            completed = true;
            left = observers;
            observers = [];
        }

        foreach (var observer in left)
        {
            try
            {
                tell(observer);
            }
            catch (Exception error)
            {
                faults.ObserverThrew(Name, error, detached: true);
            }
        }
    }
}
