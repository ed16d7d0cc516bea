using System;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Threading;

namespace Talo.Reactive.Dispatch;

/// <summary>
/// Changes the client's state one turn at a time. A turn runs under a lock and only computes; what it causes is queued and
/// happens behind it, without the lock and in order: effects (sockets, HTTP, timers) first, then deliveries to observers.
/// A slow observer therefore never holds up a send or a timer.
/// </summary>
internal sealed class Turns
{
    private readonly object gate = new();
    private readonly SerialQueue effects;
    private int depth;

    internal Turns(IScheduler scheduler, Action<Exception> failed)
    {
        Scheduler = scheduler;
        effects = new SerialQueue(failed);
        Deliveries = new SerialQueue(failed);
    }

    /// <summary>Where observers are called. The reader of the socket enters it for each frame.</summary>
    internal SerialQueue Deliveries { get; }

    internal IScheduler Scheduler { get; }

    internal DateTimeOffset Now => Scheduler.Now;

    /// <summary>Takes a turn. One taken from inside a turn is part of it.</summary>
    internal void Take(Action turn) => Take(turn, static x => x());

    /// <summary>As <see cref="Take(Action)"/>, for turns so frequent that a closure each time would count.</summary>
    internal void Take<T>(T state, Action<T> turn)
    {
        lock (gate)
        {
            depth++;
            try
            {
                turn(state);
            }
            finally
            {
                depth--;
            }

            if (depth > 0) return;
        }

        effects.Drain();
        // A turn that an effect takes (a write that ends at once): observers wait until the effects are through.
        if (!effects.IsInside) Deliveries.Drain();
    }

    /// <summary>Inside a turn: does something outside of the lock, after what earlier turns caused.</summary>
    internal void Afterwards(Action effect) => effects.Post(effect);

    /// <summary>As <see cref="Afterwards(Action)"/>, without a closure.</summary>
    internal void Afterwards(Action<object> effect, object state) => effects.Post(effect, state);

    /// <summary>Inside a turn: calls observers, after what earlier turns published.</summary>
    internal void Publish(Action delivery) => Deliveries.Post(delivery);

    /// <summary>
    /// Calls observers now; inside a turn or an effect, right behind it: an observer runs under no lock, and one that is slow
    /// keeps no effect waiting.
    /// </summary>
    internal void Tell(Action delivery)
    {
        Deliveries.Post(delivery);
        if (!Monitor.IsEntered(gate) && !effects.IsInside) Deliveries.Drain();
    }

    /// <summary>
    /// Inside a turn: ends a task, after what was published before. It runs on the scheduler: a continuation then neither holds
    /// up the socket nor leaves virtual time.
    /// </summary>
    internal void Complete(Action completion) => Deliveries.Post(() => Scheduler.Schedule(completion));

    /// <summary>Inside a turn: takes another turn after a time.</summary>
    internal IDisposable After(TimeSpan delay, Action turn)
    {
        var slot = new SingleAssignmentDisposable();
        Afterwards(() => slot.Disposable = Scheduler.Schedule(delay, () => Take(() =>
        {
            if (!slot.IsDisposed) turn();
        })));
        return slot;
    }
}
