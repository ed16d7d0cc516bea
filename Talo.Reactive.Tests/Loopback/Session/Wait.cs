using System;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using System.Threading.Tasks;

namespace Talo.Reactive.Tests.Loopback.Session;

/// <summary>Waits for a signal, for so long at most that a broken test ends.</summary>
internal static class Wait
{
    internal static Task<ConnectionState> Until(this TaloClient talo, ConnectionStatus status) =>
        talo.Socket.States.FirstAsync(x => x.Status == status).ToTask().Bounded();

    internal static Task<T> Next<T>(this IObservable<T> source) => source.FirstAsync().ToTask().Bounded();

    internal static async Task<T> Bounded<T>(this Task<T> task)
    {
        var signal = task.InTime();
        await OffTheClientsThread(signal);
        return await signal;
    }

    internal static async Task Bounded(this Task task)
    {
        var signal = task.InTime();
        await OffTheClientsThread(signal);
        await signal;
    }

    // Where the signal is given, a client may be delivering: a test that blocks there would wait for itself.
    private static async Task OffTheClientsThread(Task signal)
    {
        await signal.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Yield();
    }
}
