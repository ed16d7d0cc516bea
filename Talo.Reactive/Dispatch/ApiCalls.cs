using System;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Dispatch;

/// <summary>Makes a task of a cold call: made once, at once, ended on the scheduler.</summary>
internal sealed class ApiCalls
{
    private readonly Turns turns;
    private readonly PendingCalls calls;

    internal ApiCalls(Turns turns, PendingCalls calls)
    {
        this.turns = turns;
        this.calls = calls;
    }

    /// <param name="call">Answers one value.</param>
    /// <param name="cancellation">Gives the call up; the server may have got it.</param>
    internal Task<T> Run<T>(IObservable<T> call, CancellationToken cancellation)
    {
        var pending = calls.Begin<T>(cancellation);
        if (pending.IsOver) return pending.Task;
        var exchange = new SingleAssignmentDisposable();
        pending.Canceled = exchange.Dispose;
        exchange.Disposable = call.Take(1).Subscribe(
            result => turns.Take(() => turns.Complete(() => pending.Succeed(result))),
            error => turns.Take(() => turns.Complete(() => pending.Fail(error))));
        return pending.Task;
    }
}
