using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Dispatch;

/// <summary>The tasks that the game is waiting for. What is still pending when the client is disposed fails.</summary>
internal sealed class PendingCalls
{
    private readonly object gate = new();
    private readonly HashSet<IPendingCall> pending = [];
    private Exception? ended;

    /// <summary>Begins a call.</summary>
    /// <param name="cancellation">Gives up the wait.</param>
    internal PendingCall<T> Begin<T>(CancellationToken cancellation)
    {
        var call = new PendingCall<T>(this, cancellation);
        if (Ended is { } error) call.Fail(error);
        return call;
    }

    /// <summary>From when the game has the task on: one that ended inside of the game's own call never comes here.</summary>
    internal void Keep(IPendingCall call)
    {
        lock (gate)
        {
            if (ended is null && !call.IsOver) pending.Add(call);
        }

        // Ended since it began.
        if (Ended is { } error) call.Fail(error);
    }

    internal void Forget(IPendingCall call)
    {
        lock (gate) pending.Remove(call);
    }

    /// <summary>Why no call goes on, once the client was disposed. It is what every call fails with from then on.</summary>
    internal Exception? Ended => Volatile.Read(ref ended);

    /// <summary>From now on every call fails with this, whatever else happens to it.</summary>
    internal void End(Exception error)
    {
        lock (gate) Volatile.Write(ref ended, error);
    }

    /// <summary>Fails what is still pending, after <see cref="End"/>.</summary>
    internal void FailAll()
    {
        IPendingCall[] left;
        var error = ended!;
        lock (gate)
        {
            left = [.. pending];
            pending.Clear();
        }

        foreach (var call in left) call.Fail(error);
    }
}

/// <summary>A call of any result.</summary>
internal interface IPendingCall
{
    bool IsOver { get; }

    void Fail(Exception error);
}

/// <summary>One task that the game is waiting for. Ending it twice is harmless: the first end counts.</summary>
internal sealed class PendingCall<T> : IPendingCall
{
    // Continuations run where the call is ended, which is on the scheduler: running them on the pool would leave virtual time.
    private readonly TaskCompletionSource<T> source = new(TaskCreationOptions.None);
    private readonly PendingCalls calls;
    private readonly CancellationTokenRegistration registration;
    private readonly bool canBeCanceled;
    private readonly int maker = Environment.CurrentManagedThreadId;
    private volatile Action? canceled;
    private volatile bool isHandedOut;

    internal PendingCall(PendingCalls calls, CancellationToken cancellation)
    {
        this.calls = calls;
        canBeCanceled = cancellation.CanBeCanceled;
        if (canBeCanceled)
        {
            registration = cancellation.Register(() =>
            {
                if (source.TrySetCanceled(cancellation)) End();
            });
        }
    }

    /// <summary>The task, for the game: from now on it may have continuations.</summary>
    internal Task<T> Task
    {
        get
        {
            if (!isHandedOut)
            {
                isHandedOut = true;
                if (!IsOver) calls.Keep(this);
            }

            return source.Task;
        }
    }

    /// <summary>
    /// Whether this thread is inside the call that makes the task: nobody has it yet, so ending it runs no code of anybody's,
    /// under whatever lock.
    /// </summary>
    internal bool IsBeingMade => maker == Environment.CurrentManagedThreadId && !isHandedOut;

    public bool IsOver => source.Task.IsCompleted;

    /// <summary>Whether the game can give it up: without a token nobody needs <see cref="Canceled"/>.</summary>
    internal bool CanBeCanceled => canBeCanceled;

    /// <summary>Called once, when the game gave the call up by its token.</summary>
    internal Action? Canceled
    {
        get => canceled;
        set
        {
            canceled = value;
            // Whoever sets this looks at IsOver next: one of the two sides has to see the other.
            Interlocked.MemoryBarrier();
        }
    }

    internal void Succeed(T result)
    {
        if (source.TrySetResult(result)) End();
    }

    public void Fail(Exception error)
    {
        if (source.TrySetException(calls.Ended ?? error)) End();
    }

    private void End()
    {
        if (isHandedOut) calls.Forget(this);
        registration.Dispose();
        if (source.Task.IsCanceled) Canceled?.Invoke();
    }
}
