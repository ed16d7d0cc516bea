using System;
using Talo.Reactive.Inbound;

namespace Talo.Reactive;

/// <summary>Subscriptions whose handler may throw and goes on hearing.</summary>
public static class GuardedSubscription
{
    /// <summary>
    /// Subscribes a handler that stays subscribed when it throws: each throw is reported on <see cref="ITaloSocket.Faults"/>
    /// of the client whose stream the query is made of, and the next value is delivered as usual.
    /// </summary>
    /// <param name="source">A query over a client's streams, <c>ObserveOn</c> included.</param>
    /// <param name="onNext">The handler.</param>
    /// <param name="onError">
    /// Hears the throws instead of <c>Faults</c>, and an error that ends the query itself (a <c>Where</c> or <c>Select</c> that
    /// throws). Needed where the query does not begin at a client's stream; there, without it, a throw is passed on to the caller.
    /// </param>
    /// <returns>Disposing it unsubscribes.</returns>
    public static IDisposable SubscribeGuarded<T>(this IObservable<T> source, Action<T> onNext, Action<Exception>? onError = null)
    {
        if (source is null) throw new ArgumentNullException(nameof(source));
        if (onNext is null) throw new ArgumentNullException(nameof(onNext));
        var observer = new Observer<T>(onNext, onError);
        using var scope = new GuardScope();
        observer.Scope = scope;
        return source.Subscribe(observer);
    }

    private sealed class Observer<T> : IObserver<T>
    {
        private readonly Action<T> onNext;
        private readonly Action<Exception>? onError;

        internal Observer(Action<T> onNext, Action<Exception>? onError)
        {
            this.onNext = onNext;
            this.onError = onError;
        }

        internal GuardScope? Scope { get; set; }

        public void OnNext(T value)
        {
            try
            {
                onNext(value);
            }
            catch (Exception error)
            {
                if (!Heard(error, detached: false)) throw;
            }
        }

        public void OnError(Exception error)
        {
            if (!Heard(error, detached: true)) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(error).Throw();
        }

        public void OnCompleted()
        {
        }

        private bool Heard(Exception error, bool detached)
        {
            if (onError is not null) onError(error);
            else if (Scope?.Faults is { } faults) faults.ObserverThrew("a guarded query", error, detached);
            else return false;
            return true;
        }
    }
}
