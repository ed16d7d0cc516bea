using System;
using System.Reactive;

namespace Talo.Reactive.Testing;

/// <summary>Short words for scripts and expectations in ticks; derive a fixture from it, or <c>using static</c> it.</summary>
public class ReactiveTest
{
    /// <summary>The tick at which <see cref="TestScheduler"/>.<c>Start(create)</c> makes the sequence.</summary>
    public const long Created = 100;

    /// <summary>The tick at which <see cref="TestScheduler"/>.<c>Start(create)</c> subscribes.</summary>
    public const long Subscribed = 200;

    /// <summary>The tick at which <see cref="TestScheduler"/>.<c>Start(create)</c> disposes the subscription.</summary>
    public const long Disposed = 1000;

    /// <summary>For a derived fixture.</summary>
    protected ReactiveTest()
    {
    }

    /// <summary>A value at a tick.</summary>
    public static Recorded<Notification<T>> OnNext<T>(long ticks, T value) =>
        new(ticks, Notification.CreateOnNext(value));

    /// <summary>Expects at a tick a value that a predicate accepts.</summary>
    public static Recorded<Notification<T>> OnNext<T>(long ticks, Func<T, bool> predicate)
    {
        _ = predicate ?? throw new ArgumentNullException(nameof(predicate));
        return new(ticks, new PredicateNotification<T>(NotificationKind.OnNext, n => predicate(n.Value)));
    }

    /// <summary>The completion at a tick.</summary>
    public static Recorded<Notification<T>> OnCompleted<T>(long ticks) =>
        new(ticks, Notification.CreateOnCompleted<T>());

    /// <summary>The completion at a tick; the witness only tells the element type.</summary>
    public static Recorded<Notification<T>> OnCompleted<T>(long ticks, T witness) => OnCompleted<T>(ticks);

    /// <summary>An error at a tick. Errors are equal when their exceptions are.</summary>
    public static Recorded<Notification<T>> OnError<T>(long ticks, Exception exception) =>
        new(ticks, Notification.CreateOnError<T>(exception ?? throw new ArgumentNullException(nameof(exception))));

    /// <summary>An error at a tick; the witness only tells the element type.</summary>
    public static Recorded<Notification<T>> OnError<T>(long ticks, Exception exception, T witness) =>
        OnError<T>(ticks, exception);

    /// <summary>Expects at a tick an error that a predicate accepts.</summary>
    public static Recorded<Notification<T>> OnError<T>(long ticks, Func<Exception, bool> predicate)
    {
        _ = predicate ?? throw new ArgumentNullException(nameof(predicate));
        return new(ticks, new PredicateNotification<T>(NotificationKind.OnError, n => predicate(n.Exception!)));
    }

    /// <summary>Expects at a tick an error that a predicate accepts; the witness only tells the element type.</summary>
    public static Recorded<Notification<T>> OnError<T>(long ticks, Func<Exception, bool> predicate, T witness) =>
        OnError<T>(ticks, predicate);

    /// <summary>A subscription from one tick to another.</summary>
    public static Subscription Subscribe(long start, long end) => new(start, end);

    /// <summary>A subscription from a tick on that was never disposed.</summary>
    public static Subscription Subscribe(long start) => new(start);
}
