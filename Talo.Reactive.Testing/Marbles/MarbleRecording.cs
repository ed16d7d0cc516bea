using System;
using System.Collections.Generic;
using System.Reactive;
using System.Reactive.Disposables;
using Microsoft.Reactive.Testing;

namespace Talo.Reactive.Testing;

/// <summary>What a sequence sent since its recording began, as a marble diagram. Disposing it ends the subscription.</summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class MarbleRecording<T> : IDisposable
{
    private readonly SingleAssignmentDisposable _subscription = new();
    private readonly ITestableObserver<T> _values;
    private readonly ITestableObserver<char> _letters;
    private readonly MarbleTime _time;
    private readonly long _start;

    internal MarbleRecording(TestScheduler scheduler, IObservable<T> source, Func<T, char> symbol, MarbleTime time)
    {
        _time = time;
        _start = scheduler.Clock;
        _values = scheduler.CreateObserver<T>();
        _letters = scheduler.CreateObserver<char>();
        _subscription.Disposable = source.Subscribe(
            value =>
            {
                _values.OnNext(value);

                // The letter is asked for at once: a value may be valid during OnNext only.
                _letters.OnNext(symbol(value));
            },
            error =>
            {
                _values.OnError(error);
                _letters.OnError(error);
            },
            () =>
            {
                _values.OnCompleted();
                _letters.OnCompleted();
            });
    }

    /// <summary>What came so far, in order, each with its tick of the clock.</summary>
    public IList<Recorded<Notification<T>>> Messages => _values.Messages;

    /// <summary>What came so far as a diagram in canonical form, see <see cref="Marbles.Render"/>.</summary>
    public string ToMarbles() => _letters.Messages.ToMarbles(static letter => letter, _start, _time);

    /// <summary>The same as <see cref="ToMarbles"/>.</summary>
    public override string ToString() => ToMarbles();

    /// <summary>Ends the subscription; what was recorded stays.</summary>
    public void Dispose() => _subscription.Dispose();
}
