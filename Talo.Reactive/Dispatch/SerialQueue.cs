using System;
using System.Collections.Generic;
using System.Threading;

namespace Talo.Reactive.Dispatch;

/// <summary>
/// Runs actions one at a time and in order, with no lock held, on whichever thread finds it idle. What is posted while an
/// action runs (also by that action itself) runs after it: this is what turns "A0 A1 B1 B0" into "A0 B0 A1 B1".
/// </summary>
internal sealed class SerialQueue
{
    private readonly Action<Exception> failed;
    private readonly object gate = new();
    private readonly Queue<(Action<object> Run, object State)> queue = new();

    // Whoever runs has set this, by an exchange and not under the lock: a lock for each frame would cost as much as reading it.
    private int running;
    private int owner;

    // Both are written under the lock, and read without it by whoever lets go of the queue.
    private int queued;
    private int waiting;
    private volatile bool closed;

    /// <param name="failed">Hears of an action that threw; the queue goes on. Must not throw.</param>
    internal SerialQueue(Action<Exception> failed) => this.failed = failed;

    /// <summary>Whether <see cref="Close"/> was called: nothing new starts.</summary>
    internal bool IsClosed => closed;

    /// <summary>Whether this thread is just running an action of the queue.</summary>
    internal bool IsInside => Volatile.Read(ref owner) == Environment.CurrentManagedThreadId;

    /// <summary>Adds an action to the end without running it: may be called under a lock. <see cref="Drain"/> follows outside of it.</summary>
    internal void Post(Action action) => TryPost(action);

    /// <summary>As <see cref="Post(Action)"/>, for what happens so often that a closure each time would count.</summary>
    internal void Post(Action<object> action, object state) => TryPost(action, state);

    /// <summary>As <see cref="Post(Action)"/>.</summary>
    /// <returns>False when it was closed before: the action will not run.</returns>
    internal bool TryPost(Action action) => TryPost(static x => ((Action)x)(), action);

    private bool TryPost(Action<object> action, object state)
    {
        lock (gate)
        {
            if (closed) return false;
            Enqueue(action, state);
            return true;
        }
    }

    /// <summary>Runs what is queued, unless somebody is running it already.</summary>
    internal void Drain()
    {
        if (Volatile.Read(ref queued) > 0 && TryOwn()) RunAndLetGo();
    }

    /// <summary>
    /// Waits until this thread may run something itself, behind all that is queued. <see cref="Leave"/> follows.
    /// </summary>
    /// <returns>False, without waiting, when this thread is already inside: post instead.</returns>
    internal bool TryEnter()
    {
        if (IsInside) return false;
        if (!TryOwn()) WaitToOwn();
        RunQueued();
        return true;
    }

    /// <summary>Runs what came up meanwhile and lets others in.</summary>
    internal void Leave() => RunAndLetGo();

    /// <summary>
    /// Lets nothing new in, and runs <paramref name="last"/> as the very last action. What is queued runs before it and finds
    /// <see cref="IsClosed"/> true: a subscription among it must not be lost, for it is to hear of the end.
    /// </summary>
    internal void Close(Action last)
    {
        lock (gate)
        {
            if (closed) return;
            Enqueue(static x => ((Action)x)(), last);
            closed = true;
        }

        Drain();
    }

    private void Enqueue(Action<object> action, object state)
    {
        queue.Enqueue((action, state));
        Volatile.Write(ref queued, queue.Count);
    }

    private bool TryOwn()
    {
        if (Interlocked.CompareExchange(ref running, 1, 0) != 0) return false;
        Volatile.Write(ref owner, Environment.CurrentManagedThreadId);
        return true;
    }

    // The one place where a thread waits: the reader, for an observer that another thread is just running. Reading on
    // meanwhile would mean a queue of frames without bound.
    private void WaitToOwn()
    {
        lock (gate)
        {
            Volatile.Write(ref waiting, waiting + 1);
            while (!TryOwn()) Monitor.Wait(gate);
            Volatile.Write(ref waiting, waiting - 1);
        }
    }

    // What is queued, or waits, after the look at it finds that nobody runs: each side writes first and looks then.
    private void RunAndLetGo()
    {
        do
        {
            RunQueued();
            Volatile.Write(ref owner, 0);
            Interlocked.Exchange(ref running, 0);
            if (Volatile.Read(ref waiting) > 0)
            {
                lock (gate) Monitor.PulseAll(gate);
            }
        }
        while (Volatile.Read(ref queued) > 0 && TryOwn());
    }

    private void RunQueued()
    {
        while (Volatile.Read(ref queued) > 0)
        {
            (Action<object> Run, object State) next;
            lock (gate)
            {
                next = queue.Dequeue();
                Volatile.Write(ref queued, queue.Count);
            }

            try
            {
                next.Run(next.State);
            }
            catch (Exception error)
            {
                failed(error);
            }
        }
    }
}
