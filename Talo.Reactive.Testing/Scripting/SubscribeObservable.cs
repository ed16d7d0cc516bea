using System;

namespace Talo.Reactive.Testing;

/// <summary>
/// A bare observable: unlike <c>Observable.Create</c> it lets an exception of its subscribe function through, so that a
/// broken rule of the seam fails the test instead of looking like a lost link.
/// </summary>
internal sealed class SubscribeObservable<T> : IObservable<T>
{
    private readonly Func<IObserver<T>, IDisposable> _subscribe;

    internal SubscribeObservable(Func<IObserver<T>, IDisposable> subscribe) => _subscribe = subscribe;

    public IDisposable Subscribe(IObserver<T> observer) =>
        _subscribe(observer ?? throw new ArgumentNullException(nameof(observer)));
}
