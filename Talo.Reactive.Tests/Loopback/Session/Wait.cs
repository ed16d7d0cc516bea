using System;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Tests.Loopback.Session;

/// <summary>Waits for a signal, for so long at most that a broken test ends.</summary>
internal static class Wait
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    internal static Task<ConnectionState> Until(this TaloClient talo, ConnectionStatus status) =>
        talo.Socket.States.FirstAsync(x => x.Status == status).ToTask().Bounded();

    internal static Task<T> Next<T>(this IObservable<T> source) => source.FirstAsync().ToTask().Bounded();

    internal static async Task<T> Bounded<T>(this Task<T> task) => await task.WaitAsync(Limit, CancellationToken.None);

    internal static async Task Bounded(this Task task) => await task.WaitAsync(Limit, CancellationToken.None);
}
