using System;
using System.IO;
using System.Reactive;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Inbound;

namespace Talo.Reactive.Sessions;

/// <summary>The game's store, one call at a time and in order. Its faults are told and end nothing. Used inside turns.</summary>
internal sealed class SessionStorage
{
    private readonly ISessionStore store;
    private readonly Turns turns;
    private readonly IFaultReporter faults;
    private IObservable<Unit> last = Observable.Return(Unit.Default, System.Reactive.Concurrency.ImmediateScheduler.Instance);

    internal SessionStorage(ISessionStore store, Turns turns, IFaultReporter faults)
    {
        this.store = store;
        this.turns = turns;
        this.faults = faults;
    }

    internal IObservable<PlayerSession?> Load() => Run("read", Checked, null);

    internal IObservable<Unit> Save(PlayerSession session) => Run("saved", cancel => Done(store.SaveAsync(session, cancel)), Unit.Default);

    internal IObservable<Unit> Clear() => Run("cleared", cancel => Done(store.ClearAsync(cancel)), Unit.Default);

    private async Task<PlayerSession?> Checked(CancellationToken cancel)
    {
        var session = await store.LoadAsync(cancel).ConfigureAwait(false);
        return session?.Problem is { } problem ? throw new InvalidDataException($"It is damaged: {problem}.") : session;
    }

    private static async Task<Unit> Done(Task task)
    {
        await task.ConfigureAwait(false);
        return Unit.Default;
    }

    /// <summary>Begins at once, behind what was begun before; whoever listens later hears the result all the same.</summary>
    private AsyncSubject<T> Run<T>(string what, Func<CancellationToken, Task<T>> call, T otherwise)
    {
        var before = last;
        var result = new AsyncSubject<T>();
        last = result.Select(static _ => Unit.Default);
        turns.Afterwards(() => before
            .SelectMany(_ => Observable.FromAsync(call, turns.Scheduler))
            .Catch((Exception error) =>
            {
                faults.Report(TaloFaultKind.ExtensionThrew, $"The session could not be {what}: {error.Message}", "PlayerAuth.SessionStore", error);
                return Observable.Return(otherwise, System.Reactive.Concurrency.ImmediateScheduler.Instance);
            })
            .Subscribe(result));
        return result;
    }
}
