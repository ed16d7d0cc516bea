using System;
using System.Collections.Generic;
using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace Talo.Reactive.Testing;

internal sealed class ColdObservable<T> : ITestableObservable<T>
{
    private readonly VirtualTimeScheduler<long, long> _scheduler;
    private readonly List<Subscription> _subscriptions = new();

    internal ColdObservable(VirtualTimeScheduler<long, long> scheduler, IList<Recorded<Notification<T>>> messages)
    {
        _scheduler = scheduler;
        Messages = messages;
    }

    public IList<Subscription> Subscriptions => _subscriptions;

    public IList<Recorded<Notification<T>>> Messages { get; }

    public IDisposable Subscribe(IObserver<T> observer)
    {
        _ = observer ?? throw new ArgumentNullException(nameof(observer));
        var index = _subscriptions.Count;
        _subscriptions.Add(new Subscription(_scheduler.Clock));
        var pending = new CompositeDisposable();
        foreach (var message in Messages)
        {
            pending.Add(_scheduler.ScheduleRelative(message.Time, () => message.Value.Accept(observer)));
        }

        return Disposable.Create(() =>
        {
            _subscriptions[index] = new Subscription(_subscriptions[index].Subscribe, _scheduler.Clock);
            pending.Dispose();
        });
    }
}
