using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive;
using Microsoft.Reactive.Testing;

namespace Talo.Reactive.Testing;

/// <summary>Plays marble diagrams (see <see cref="Marbles"/>) on a <see cref="TestScheduler"/>.</summary>
/// <remarks>
/// A frame lasts one second unless the call says otherwise. What is due in frame 0 comes one tick after the call or the
/// subscription.
/// </remarks>
/// <example>
/// <code>
/// var source = scheduler.Hot("a--b|", ('a', 1), ('b', 20));
/// using var seen = scheduler.Record(source.Select(x => x + 1), ('x', 2), ('y', 21));
/// scheduler.Start();
/// Assert.That(seen.ToMarbles(), Is.EqualTo("x--y|"));
/// </code>
/// </example>
public static class MarbleExtensions
{
    /// <summary>A hot sequence of the letters themselves. Frame 0, or the <c>^</c>, is now.</summary>
    /// <param name="scheduler">The clock.</param>
    /// <param name="diagram">What it sends. What lies before the <c>^</c> is over and is not sent.</param>
    /// <param name="frame">How long a frame lasts; one second by default.</param>
    /// <param name="error">The error of a <c>#</c>; <see cref="Marbles.Error"/> by default.</param>
    public static ITestableObservable<char> Hot(
        this TestScheduler scheduler, string diagram, TimeSpan? frame = null, Exception? error = null) =>
        scheduler.Hot(diagram, static letter => letter, frame, error);

    /// <summary>
    /// A hot sequence of what a function makes of each letter, asked once, here. Frame 0, or the <c>^</c>, is now.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="scheduler">The clock.</param>
    /// <param name="diagram">What it sends. What lies before the <c>^</c> is over and is not sent.</param>
    /// <param name="value">The value of a letter.</param>
    /// <param name="frame">How long a frame lasts; one second by default.</param>
    /// <param name="error">The error of a <c>#</c>; <see cref="Marbles.Error"/> by default.</param>
    public static ITestableObservable<T> Hot<T>(
        this TestScheduler scheduler, string diagram, Func<char, T> value, TimeSpan? frame = null, Exception? error = null)
    {
        _ = scheduler ?? throw new ArgumentNullException(nameof(scheduler));
        var now = scheduler.Clock;

        // The scheduler would send late, now, what is due before now.
        var messages = Script(diagram, value, new MarbleTime(frame), now, error).Where(message => message.Time >= now);
        return scheduler.CreateHotObservable(messages.ToArray());
    }

    /// <summary>A hot sequence of the values of a dictionary. Frame 0, or the <c>^</c>, is now.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="scheduler">The clock.</param>
    /// <param name="diagram">What it sends. What lies before the <c>^</c> is over and is not sent.</param>
    /// <param name="values">The value of each letter.</param>
    /// <param name="frame">How long a frame lasts; one second by default.</param>
    /// <param name="error">The error of a <c>#</c>; <see cref="Marbles.Error"/> by default.</param>
    public static ITestableObservable<T> Hot<T>(
        this TestScheduler scheduler,
        string diagram,
        IReadOnlyDictionary<char, T> values,
        TimeSpan? frame = null,
        Exception? error = null) =>
        scheduler.Hot(diagram, MarbleValues.Lookup(MarbleValues.Pairs(values)), frame, error);

    /// <summary>A hot sequence of the given values, in frames of one second. Frame 0, or the <c>^</c>, is now.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="scheduler">The clock.</param>
    /// <param name="diagram">What it sends. What lies before the <c>^</c> is over and is not sent.</param>
    /// <param name="values">The value of each letter.</param>
    public static ITestableObservable<T> Hot<T>(
        this TestScheduler scheduler, string diagram, params (char Symbol, T Value)[] values) =>
        scheduler.Hot(diagram, MarbleValues.Lookup(values));

    /// <summary>A cold sequence of the letters themselves. Frame 0 is its subscription.</summary>
    /// <param name="scheduler">The clock.</param>
    /// <param name="diagram">What it sends; without <c>^</c>.</param>
    /// <param name="frame">How long a frame lasts; one second by default.</param>
    /// <param name="error">The error of a <c>#</c>; <see cref="Marbles.Error"/> by default.</param>
    public static ITestableObservable<char> Cold(
        this TestScheduler scheduler, string diagram, TimeSpan? frame = null, Exception? error = null) =>
        scheduler.Cold(diagram, static letter => letter, frame, error);

    /// <summary>A cold sequence of what a function makes of each letter, asked once, here. Frame 0 is its subscription.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="scheduler">The clock.</param>
    /// <param name="diagram">What it sends; without <c>^</c>.</param>
    /// <param name="value">The value of a letter.</param>
    /// <param name="frame">How long a frame lasts; one second by default.</param>
    /// <param name="error">The error of a <c>#</c>; <see cref="Marbles.Error"/> by default.</param>
    public static ITestableObservable<T> Cold<T>(
        this TestScheduler scheduler, string diagram, Func<char, T> value, TimeSpan? frame = null, Exception? error = null)
    {
        _ = scheduler ?? throw new ArgumentNullException(nameof(scheduler));
        MarbleParser.RefusePast(diagram);
        return scheduler.CreateColdObservable(Script(diagram, value, new MarbleTime(frame), 0, error).ToArray());
    }

    /// <summary>A cold sequence of the values of a dictionary. Frame 0 is its subscription.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="scheduler">The clock.</param>
    /// <param name="diagram">What it sends; without <c>^</c>.</param>
    /// <param name="values">The value of each letter.</param>
    /// <param name="frame">How long a frame lasts; one second by default.</param>
    /// <param name="error">The error of a <c>#</c>; <see cref="Marbles.Error"/> by default.</param>
    public static ITestableObservable<T> Cold<T>(
        this TestScheduler scheduler,
        string diagram,
        IReadOnlyDictionary<char, T> values,
        TimeSpan? frame = null,
        Exception? error = null) =>
        scheduler.Cold(diagram, MarbleValues.Lookup(MarbleValues.Pairs(values)), frame, error);

    /// <summary>A cold sequence of the given values, in frames of one second. Frame 0 is its subscription.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="scheduler">The clock.</param>
    /// <param name="diagram">What it sends; without <c>^</c>.</param>
    /// <param name="values">The value of each letter.</param>
    public static ITestableObservable<T> Cold<T>(
        this TestScheduler scheduler, string diagram, params (char Symbol, T Value)[] values) =>
        scheduler.Cold(diagram, MarbleValues.Lookup(values));

    private static IEnumerable<Recorded<Notification<T>>> Script<T>(
        string diagram, Func<char, T> value, MarbleTime time, long start, Exception? error)
    {
        _ = value ?? throw new ArgumentNullException(nameof(value));
        return Marbles.Parse(diagram).Select(marble => new Recorded<Notification<T>>(
            checked(start + time.TicksOf(marble.Frame)),
            marble.Kind switch
            {
                NotificationKind.OnNext => Notification.CreateOnNext(value(marble.Symbol)),
                NotificationKind.OnError => Notification.CreateOnError<T>(error ?? Marbles.Error),
                _ => Notification.CreateOnCompleted<T>(),
            }));
    }
}
