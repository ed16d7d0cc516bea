using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive;
using System.Reactive.Concurrency;

namespace Talo.Reactive.Testing;

/// <summary>
/// Plays marble diagrams (see <see cref="Marbles"/>) and records them, on a <see cref="TestScheduler"/> or on any other
/// scheduler that counts ticks.
/// </summary>
/// <remarks>
/// A frame lasts what the call says, else what <see cref="TestScheduler.Frame"/> says, else one second. What is due in
/// frame 0 comes one tick after the call or the subscription.
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
    /// <param name="diagram">What it sends.</param>
    /// <param name="frame">How long a frame lasts.</param>
    /// <param name="error">The error of a <c>#</c>; <see cref="Marbles.Error"/> by default.</param>
    public static ITestableObservable<char> Hot(
        this VirtualTimeScheduler<long, long> scheduler, string diagram, TimeSpan? frame = null, Exception? error = null) =>
        scheduler.Hot(diagram, static letter => letter, frame, error);

    /// <summary>A hot sequence of what a function makes of each letter, asked once, here. Frame 0, or the <c>^</c>, is now.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="scheduler">The clock.</param>
    /// <param name="diagram">What it sends.</param>
    /// <param name="value">The value of a letter.</param>
    /// <param name="frame">How long a frame lasts.</param>
    /// <param name="error">The error of a <c>#</c>; <see cref="Marbles.Error"/> by default.</param>
    public static ITestableObservable<T> Hot<T>(
        this VirtualTimeScheduler<long, long> scheduler, string diagram, Func<char, T> value, TimeSpan? frame = null, Exception? error = null)
    {
        _ = scheduler ?? throw new ArgumentNullException(nameof(scheduler));
        var messages = Script(diagram, value, new MarbleTime(scheduler, frame), scheduler.Clock, error);

        // What lies before the subscription is over: it stays in the script and is not sent late.
        var past = messages.Count(message => message.Time < scheduler.Clock);
        return new HotObservable<T>(scheduler, messages, past);
    }

    /// <summary>A hot sequence of the values of a dictionary. Frame 0, or the <c>^</c>, is now.</summary>
    /// <inheritdoc cref="Hot{T}(VirtualTimeScheduler{long, long}, string, Func{char, T}, TimeSpan?, Exception?)"/>
    /// <param name="scheduler">The clock.</param>
    /// <param name="diagram">What it sends.</param>
    /// <param name="values">The value of each letter.</param>
    /// <param name="frame">How long a frame lasts.</param>
    /// <param name="error">The error of a <c>#</c>; <see cref="Marbles.Error"/> by default.</param>
    public static ITestableObservable<T> Hot<T>(
        this VirtualTimeScheduler<long, long> scheduler, string diagram, IReadOnlyDictionary<char, T> values, TimeSpan? frame = null, Exception? error = null) =>
        scheduler.Hot(diagram, MarbleValues.Lookup(MarbleValues.Pairs(values)), frame, error);

    /// <summary>A hot sequence of the given values. Frame 0, or the <c>^</c>, is now.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="scheduler">The clock.</param>
    /// <param name="diagram">What it sends.</param>
    /// <param name="values">The value of each letter.</param>
    public static ITestableObservable<T> Hot<T>(
        this VirtualTimeScheduler<long, long> scheduler, string diagram, params (char Symbol, T Value)[] values) =>
        scheduler.Hot(diagram, MarbleValues.Lookup(values));

    /// <summary>A cold sequence of the letters themselves. Frame 0 is its subscription.</summary>
    /// <param name="scheduler">The clock.</param>
    /// <param name="diagram">What it sends; without <c>^</c>.</param>
    /// <param name="frame">How long a frame lasts.</param>
    /// <param name="error">The error of a <c>#</c>; <see cref="Marbles.Error"/> by default.</param>
    public static ITestableObservable<char> Cold(
        this VirtualTimeScheduler<long, long> scheduler, string diagram, TimeSpan? frame = null, Exception? error = null) =>
        scheduler.Cold(diagram, static letter => letter, frame, error);

    /// <summary>A cold sequence of what a function makes of each letter, asked once, here. Frame 0 is its subscription.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="scheduler">The clock.</param>
    /// <param name="diagram">What it sends; without <c>^</c>.</param>
    /// <param name="value">The value of a letter.</param>
    /// <param name="frame">How long a frame lasts.</param>
    /// <param name="error">The error of a <c>#</c>; <see cref="Marbles.Error"/> by default.</param>
    public static ITestableObservable<T> Cold<T>(
        this VirtualTimeScheduler<long, long> scheduler, string diagram, Func<char, T> value, TimeSpan? frame = null, Exception? error = null)
    {
        _ = scheduler ?? throw new ArgumentNullException(nameof(scheduler));
        MarbleParser.RefusePast(diagram);
        return new ColdObservable<T>(scheduler, Script(diagram, value, new MarbleTime(scheduler, frame), 0, error));
    }

    /// <summary>A cold sequence of the values of a dictionary. Frame 0 is its subscription.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="scheduler">The clock.</param>
    /// <param name="diagram">What it sends; without <c>^</c>.</param>
    /// <param name="values">The value of each letter.</param>
    /// <param name="frame">How long a frame lasts.</param>
    /// <param name="error">The error of a <c>#</c>; <see cref="Marbles.Error"/> by default.</param>
    public static ITestableObservable<T> Cold<T>(
        this VirtualTimeScheduler<long, long> scheduler, string diagram, IReadOnlyDictionary<char, T> values, TimeSpan? frame = null, Exception? error = null) =>
        scheduler.Cold(diagram, MarbleValues.Lookup(MarbleValues.Pairs(values)), frame, error);

    /// <summary>A cold sequence of the given values. Frame 0 is its subscription.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="scheduler">The clock.</param>
    /// <param name="diagram">What it sends; without <c>^</c>.</param>
    /// <param name="values">The value of each letter.</param>
    public static ITestableObservable<T> Cold<T>(
        this VirtualTimeScheduler<long, long> scheduler, string diagram, params (char Symbol, T Value)[] values) =>
        scheduler.Cold(diagram, MarbleValues.Lookup(values));

    /// <summary>Subscribes now and records what comes; frame 0 is now.</summary>
    /// <param name="scheduler">The clock.</param>
    /// <param name="source">Letters and digits.</param>
    /// <param name="frame">How long a frame lasts.</param>
    public static MarbleRecording<char> Record(
        this VirtualTimeScheduler<long, long> scheduler, IObservable<char> source, TimeSpan? frame = null) =>
        scheduler.Record(source, static letter => letter, frame);

    /// <summary>Subscribes now and records what comes; frame 0 is now.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="scheduler">The clock.</param>
    /// <param name="source">Any sequence.</param>
    /// <param name="symbol">The letter or digit of a value; asked inside OnNext.</param>
    /// <param name="frame">How long a frame lasts.</param>
    public static MarbleRecording<T> Record<T>(
        this VirtualTimeScheduler<long, long> scheduler, IObservable<T> source, Func<T, char> symbol, TimeSpan? frame = null) => new(
        scheduler ?? throw new ArgumentNullException(nameof(scheduler)),
        source ?? throw new ArgumentNullException(nameof(source)),
        symbol ?? throw new ArgumentNullException(nameof(symbol)),
        frame);

    /// <summary>Subscribes now and records what comes; frame 0 is now.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="scheduler">The clock.</param>
    /// <param name="source">Any sequence.</param>
    /// <param name="values">The value of each letter; another value that comes is an <see cref="ArgumentException"/> out of OnNext.</param>
    public static MarbleRecording<T> Record<T>(
        this VirtualTimeScheduler<long, long> scheduler, IObservable<T> source, params (char Symbol, T Value)[] values) =>
        scheduler.Record(source, MarbleValues.Symbols(values));

    private static List<Recorded<Notification<T>>> Script<T>(
        string diagram, Func<char, T> value, MarbleTime time, long start, Exception? error)
    {
        _ = value ?? throw new ArgumentNullException(nameof(value));
        return Marbles.Parse(diagram).Select(marble => new Recorded<Notification<T>>(start + time.TicksOf(marble.Frame), marble.Kind switch
        {
            NotificationKind.OnNext => Notification.CreateOnNext(value(marble.Symbol)),
            NotificationKind.OnError => Notification.CreateOnError<T>(error ?? Marbles.Error),
            _ => Notification.CreateOnCompleted<T>(),
        })).ToList();
    }
}
