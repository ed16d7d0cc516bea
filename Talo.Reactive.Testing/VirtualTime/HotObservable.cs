using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace Talo.Reactive.Testing;

internal sealed class HotObservable<T> : ITestableObservable<T>
{
    private readonly VirtualTimeScheduler<long, long> _scheduler;
    private readonly List<IObserver<T>> _observers = new();
    private readonly List<Subscription> _subscriptions = new();

    internal HotObservable(VirtualTimeScheduler<long, long> scheduler, IList<Recorded<Notification<T>>> messages, int past = 0)
    {
        _scheduler = scheduler;
        Messages = messages;
        foreach (var message in messages.Skip(past)) scheduler.ScheduleAbsolute(message.Time, () => Deliver(message.Value));
    }

    public IList<Subscription> Subscriptions => _subscriptions;

    public IList<Recorded<Notification<T>>> Messages { get; }

    public IDisposable Subscribe(IObserver<T> observer)
    {
        _ = observer ?? throw new ArgumentNullException(nameof(observer));
        var index = _subscriptions.Count;
        _observers.Add(observer);
        _subscriptions.Add(new Subscription(_scheduler.Clock));
        return Disposable.Create(() =>
        {
            _observers.Remove(observer);
            _subscriptions[index] = new Subscription(_subscriptions[index].Subscribe, _scheduler.Clock);
        });
    }

    private void Deliver(Notification<T> notification)
    {
        // A copy: observers come and go inside OnNext.
        foreach (var observer in _observers.ToArray()) notification.Accept(observer);
    }
}
