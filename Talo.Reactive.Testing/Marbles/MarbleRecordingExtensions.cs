using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive;
using Microsoft.Reactive.Testing;

namespace Talo.Reactive.Testing;

/// <summary>Writes what a sequence sent as a marble diagram (see <see cref="Marbles"/>).</summary>
/// <remarks>A frame lasts one second unless the call says otherwise.</remarks>
public static class MarbleRecordingExtensions
{
    /// <summary>Subscribes now and records what comes; frame 0 is now.</summary>
    /// <param name="scheduler">The clock.</param>
    /// <param name="source">Letters and digits.</param>
    /// <param name="frame">How long a frame lasts; one second by default.</param>
    public static MarbleRecording<char> Record(
        this TestScheduler scheduler, IObservable<char> source, TimeSpan? frame = null) =>
        scheduler.Record(source, static letter => letter, frame);

    /// <summary>Subscribes now and records what comes; frame 0 is now.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="scheduler">The clock.</param>
    /// <param name="source">Any sequence.</param>
    /// <param name="symbol">The letter or digit of a value; asked inside OnNext.</param>
    /// <param name="frame">How long a frame lasts; one second by default.</param>
    public static MarbleRecording<T> Record<T>(
        this TestScheduler scheduler, IObservable<T> source, Func<T, char> symbol, TimeSpan? frame = null) => new(
        scheduler ?? throw new ArgumentNullException(nameof(scheduler)),
        source ?? throw new ArgumentNullException(nameof(source)),
        symbol ?? throw new ArgumentNullException(nameof(symbol)),
        new MarbleTime(frame));

    /// <summary>Subscribes now and records what comes, in frames of one second; frame 0 is now.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="scheduler">The clock.</param>
    /// <param name="source">Any sequence.</param>
    /// <param name="values">
    /// The value of each letter; another value that comes is an <see cref="ArgumentException"/> out of OnNext.
    /// </param>
    public static MarbleRecording<T> Record<T>(
        this TestScheduler scheduler, IObservable<T> source, params (char Symbol, T Value)[] values) =>
        scheduler.Record(source, MarbleValues.Symbols(values));

    /// <summary>
    /// Writes what an observer of the scheduler was sent as a diagram in canonical form, see <see cref="Marbles.Render"/>.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="messages">What was sent, in order: the <c>Messages</c> of an <see cref="ITestableObserver{T}"/>.</param>
    /// <param name="symbol">The letter or digit of a value.</param>
    /// <param name="start">
    /// The tick of the clock at which frame 0 begins: 0 by default, <see cref="ReactiveTest.Subscribed"/> for what
    /// <c>Start(create)</c> subscribed to, the <c>Clock</c> of the subscription for everything else.
    /// </param>
    /// <param name="frame">How long a frame lasts; one second by default.</param>
    /// <exception cref="ArgumentException">Something came before frame 0, or a symbol is no letter or digit.</exception>
    public static string ToMarbles<T>(
        this IEnumerable<Recorded<Notification<T>>> messages, Func<T, char> symbol, long start = 0, TimeSpan? frame = null)
    {
        _ = messages ?? throw new ArgumentNullException(nameof(messages));
        _ = symbol ?? throw new ArgumentNullException(nameof(symbol));
        return messages.ToMarbles(symbol, start, new MarbleTime(frame));
    }

    internal static string ToMarbles<T>(
        this IEnumerable<Recorded<Notification<T>>> messages, Func<T, char> symbol, long start, MarbleTime time) =>
        Marbles.Render(messages.Select(message => new Marble(
            time.FrameOf(message.Time - start),
            message.Value.Kind,
            message.Value.HasValue ? symbol(message.Value.Value) : default)));
}
