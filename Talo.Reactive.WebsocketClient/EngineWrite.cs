using System;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Transport;

/// <summary>One frame on its way through the engine's queue. The engine tells nobody how a queued frame fared; this does.</summary>
internal sealed class EngineWrite
{
    private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;

    /// <summary>Ends when the frame is written; errors with <see cref="LinkEndedException"/> when nothing of it was.</summary>
    internal Task Task => _done.Task;

    /// <summary>The engine's sender has come to it. False when it was turned away before.</summary>
    internal bool TryBegin() => TryTake();

    internal void TryRefuse()
    {
        if (TryTake()) _done.TrySetException(new LinkEndedException());
    }

    internal void Succeed() => _done.TrySetResult(true);

    internal void Fail(Exception fault) => _done.TrySetException(fault);

    private bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;
}
