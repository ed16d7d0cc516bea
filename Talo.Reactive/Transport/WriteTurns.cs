using System;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Transport;

/// <summary>One write at a time, in the order asked for: a socket allows no two at once.</summary>
internal sealed class WriteTurns
{
    private Task _last = Task.CompletedTask;

    /// <summary>Whether nothing is being written, nor waits for its turn.</summary>
    internal bool AreIdle => Volatile.Read(ref _last).IsCompleted;

    /// <summary>Writes when all earlier writes have ended, well or not.</summary>
    /// <returns>What the write threw, or null. Never faults.</returns>
    internal async Task<Exception?> TakeAsync(Func<Task> write)
    {
        var turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await Interlocked.Exchange(ref _last, turn.Task).ConfigureAwait(false);
        try
        {
            await write().ConfigureAwait(false);
            return null;
        }
        catch (Exception fault)
        {
            return fault;
        }
        finally
        {
            turn.SetResult(true);
        }
    }
}
