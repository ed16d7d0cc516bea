using System;
using System.Collections.Generic;
using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace Talo.Reactive.Testing;

/// <summary>What a sequence sent since its recording began, as a marble diagram. Disposing it ends the subscription.</summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class MarbleRecording<T> : IDisposable
{
    private readonly List<Marble> _marbles = new();
    private readonly SingleAssignmentDisposable _subscription = new();
    private readonly RecordingObserver<T> _observer;

    internal MarbleRecording(VirtualTimeScheduler<long, long> scheduler, IObservable<T> source, Func<T, char> symbol, TimeSpan? frame)
    {
        var time = new MarbleTime(scheduler, frame);
        var start = scheduler.Clock;
        _observer = new RecordingObserver<T>(scheduler);

        // The letter is asked for at once: a value may be valid during OnNext only.
        void Note(NotificationKind kind, char letter = default) =>
            _marbles.Add(new Marble(time.FrameOf(scheduler.Clock - start), kind, letter));

        _subscription.Disposable = source.Subscribe(
            value =>
            {
                _observer.OnNext(value);
                Note(NotificationKind.OnNext, symbol(value));
            },
            error =>
            {
                _observer.OnError(error);
                Note(NotificationKind.OnError);
            },
            () =>
            {
                _observer.OnCompleted();
                Note(NotificationKind.OnCompleted);
            });
    }

    /// <summary>What came so far, in order, each with its tick of the clock.</summary>
    public IList<Recorded<Notification<T>>> Messages => _observer.Messages;

    /// <summary>What came so far as events of a diagram; frame 0 is where the recording began.</summary>
    public IReadOnlyList<Marble> Marbles => _marbles;

    /// <summary>What came so far as a diagram in canonical form, see <see cref="Testing.Marbles.Render"/>.</summary>
    public string ToMarbles() => Testing.Marbles.Render(_marbles);

    /// <summary>The same as <see cref="ToMarbles"/>.</summary>
    public override string ToString() => ToMarbles();

    /// <summary>Ends the subscription; what was recorded stays.</summary>
    public void Dispose() => _subscription.Dispose();
}
