using System;
using System.Collections.Generic;
using System.Reactive.Disposables;
using Talo.Reactive.Dispatch;

namespace Talo.Reactive.Inbound;

/// <summary>
/// Cold queries by a key, each run once for all its observers: begun with the first, released with the last, begun anew after
/// that or after an error. A later observer hears the last value first. All of it happens on the delivery queue.
/// </summary>
internal sealed class SharedQuery<TKey, T>
    where TKey : notnull
{
    private readonly Func<TKey, string> name;
    private readonly Func<TKey, IObservable<T>> query;
    private readonly Turns turns;
    private readonly IFaultReporter faults;
    private readonly Dictionary<TKey, Run> runs = [];

    /// <param name="name">What a fault of an observer names.</param>
    /// <param name="query">Gives its values on the delivery queue, and completes there when the client is disposed.</param>
    /// <param name="turns">Whose delivery queue it is.</param>
    /// <param name="faults">Where an observer that throws is reported.</param>
    internal SharedQuery(Func<TKey, string> name, Func<TKey, IObservable<T>> query, Turns turns, IFaultReporter faults)
    {
        this.name = name;
        this.query = query;
        this.turns = turns;
        this.faults = faults;
    }

    internal IObservable<T> Of(TKey key) => new Face(this, key);

    private void Enter(TKey key, IObserver<T> observer, SingleAssignmentDisposable subscription)
    {
        if (subscription.IsDisposed) return;
        var isFirst = !runs.TryGetValue(key, out var run);
        if (run is null) runs.Add(key, run = new Run(this, key));
        subscription.Disposable = run.Enter(observer);
        if (isFirst) run.Begin();
    }

    private void OnDeliveries(Action action)
    {
        if (turns.Deliveries.TryPost(action)) turns.Take(static () => { });
    }

    /// <summary>One run of a query, from its first observer to its last or to its end.</summary>
    private sealed class Run : IObserver<T>
    {
        private readonly SharedQuery<TKey, T> queries;
        private readonly TKey key;
        private readonly StateLine line;
        private readonly SingleAssignmentDisposable source = new();

        internal Run(SharedQuery<TKey, T> queries, TKey key)
        {
            this.queries = queries;
            this.key = key;
            line = new StateLine(queries.name(key), queries.turns.Deliveries, queries.faults);
        }

        public void OnNext(T value)
        {
            if (IsCurrent) line.Show(value);
        }

        public void OnError(Exception error)
        {
            if (TryEnd()) line.OnError(error);
        }

        public void OnCompleted()
        {
            if (TryEnd()) line.OnCompleted();
        }

        internal IDisposable Enter(IObserver<T> observer)
        {
            var subscription = line.Enter(observer);
            return Disposable.Create(() =>
            {
                subscription.Dispose();
                queries.OnDeliveries(Release);
            });
        }

        internal void Begin() => source.Disposable = queries.query(key).Subscribe(this);

        private bool IsCurrent => queries.runs.TryGetValue(key, out var current) && current == this;

        private void Release()
        {
            if (!line.HasObservers) TryEnd();
        }

        private bool TryEnd()
        {
            if (!IsCurrent) return false;
            queries.runs.Remove(key);
            source.Dispose();
            return true;
        }
    }

    /// <summary>The observers of a run, and the last value.</summary>
    private sealed class StateLine(string name, SerialQueue deliveries, IFaultReporter faults) : EventStream<T>(name, deliveries, faults)
    {
        private bool hasValue;
        private T value = default!;

        internal void Show(T next)
        {
            hasValue = true;
            value = next;
            OnNext(next);
        }

        internal IDisposable Enter(IObserver<T> observer)
        {
            var subscription = Subscribe(observer);
            if (hasValue) Deliver(observer, value);
            return subscription;
        }
    }

    private sealed class Face(SharedQuery<TKey, T> queries, TKey key) : IObservable<T>
    {
        public IDisposable Subscribe(IObserver<T> observer)
        {
            if (observer is null) throw new ArgumentNullException(nameof(observer));
            GuardScope.Reached(queries.faults);
            var subscription = new SingleAssignmentDisposable();
            if (!queries.turns.Deliveries.TryPost(() => queries.Enter(key, observer, subscription)))
            {
                observer.OnCompleted();
                return Disposable.Empty;
            }

            queries.turns.Deliveries.Drain();
            return subscription;
        }
    }
}
