using System;
using System.Reactive;

namespace Talo.Reactive.Testing;

/// <summary>Lets <see cref="Recorded{T}"/> ask the predicate, on whichever side of a comparison it stands.</summary>
internal interface IPredicateNotification
{
}

/// <summary>Stands in an expectation for any notification that a predicate accepts. It is compared, never sent.</summary>
internal sealed class PredicateNotification<T> : Notification<T>, IPredicateNotification
{
    private readonly Func<Notification<T>, bool> _accepts;

    internal PredicateNotification(NotificationKind kind, Func<Notification<T>, bool> accepts)
    {
        Kind = kind;
        _accepts = accepts;
    }

    public override NotificationKind Kind { get; }

    public override bool HasValue => false;

    public override T Value => throw NotSent();

    public override Exception? Exception => throw NotSent();

    public override bool Equals(Notification<T>? other) =>
        ReferenceEquals(this, other) || (other is not null && other.Kind == Kind && _accepts(other));

    public override string ToString() => $"{Kind}(predicate)";

    public override void Accept(IObserver<T> observer) => throw NotSent();

    public override TResult Accept<TResult>(IObserver<T, TResult> observer) => throw NotSent();

    public override void Accept(Action<T> onNext, Action<Exception> onError, Action onCompleted) => throw NotSent();

    public override TResult Accept<TResult>(Func<T, TResult> onNext, Func<Exception, TResult> onError, Func<TResult> onCompleted) =>
        throw NotSent();

    private static NotSupportedException NotSent() => new("A notification made from a predicate is only for comparing.");
}
