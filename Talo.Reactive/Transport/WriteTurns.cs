using System;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Transport;

/// <summary>One write at a time, in the order asked for: a socket allows no two at once.</summary>
internal sealed class WriteTurns
{
    // Hands over in the order of the waits, on a pool thread; free of charge while nobody else writes. Holds no handle to free.
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Whether nothing is being written, nor waits for its turn.</summary>
    internal bool AreIdle => turn.CurrentCount == 1;

    /// <summary>Writes when all earlier writes have ended, well or not.</summary>
    /// <param name="state">What the write is made of: a closure for each write would cost as much as the rest of it.</param>
    /// <param name="write">Begins the write.</param>
    /// <returns>What the write threw, or null. Never faults.</returns>
    internal async ValueTask<Exception?> TakeAsync<T>(T state, Func<T, Task> write)
    {
        await turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await write(state).ConfigureAwait(false);
            return null;
        }
        catch (Exception fault)
        {
            return fault;
        }
        finally
        {
            turn.Release();
        }
    }
}
