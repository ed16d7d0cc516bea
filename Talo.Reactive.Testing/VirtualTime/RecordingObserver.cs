using System;
using System.Collections.Generic;
using System.Reactive;
using System.Reactive.Concurrency;

namespace Talo.Reactive.Testing;

internal sealed class RecordingObserver<T> : ITestableObserver<T>
{
    private readonly VirtualTimeScheduler<long, long> _scheduler;

    internal RecordingObserver(VirtualTimeScheduler<long, long> scheduler) => _scheduler = scheduler;

    public IList<Recorded<Notification<T>>> Messages { get; } = new List<Recorded<Notification<T>>>();

    public void OnNext(T value) => Note(Notification.CreateOnNext(value));

    public void OnError(Exception error) => Note(Notification.CreateOnError<T>(error));

    public void OnCompleted() => Note(Notification.CreateOnCompleted<T>());

    private void Note(Notification<T> notification) =>
        Messages.Add(new Recorded<Notification<T>>(_scheduler.Clock, notification));
}
