using System;
using System.Reactive.Linq;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;

namespace Talo.Reactive.Inbound;

/// <summary>State of the server whose every event tells all of it: asked for once, then kept up to date by events.</summary>
internal sealed class Snapshots
{
    private readonly Settings settings;
    private readonly Turns turns;
    private readonly IObservable<ConnectionState> states;

    internal Snapshots(Settings settings, Turns turns, IObservable<ConnectionState> states)
    {
        this.settings = settings;
        this.turns = turns;
        this.states = states;
    }

    /// <summary>
    /// The state, on the delivery queue: a snapshot at once and each time that events flow again, and every event. An event that
    /// comes while a snapshot is under way is newer than its answer may be, which is then left out.
    /// </summary>
    /// <param name="snapshot">Asks the server. Tried again while the failure may pass.</param>
    /// <param name="updates">The events.</param>
    /// <param name="flows">Whether the events are received in a state of the connection.</param>
    internal IObservable<T> Follow<T>(IObservable<T> snapshot, IObservable<T> updates, Func<ConnectionState, bool> flows) =>
        states
            .Select(state => flows(state) ? state.Epoch : default(int?))
            .DistinctUntilChanged()
            .Where(static (epoch, i) => i == 0 || epoch is not null)
            .Select(_ => Delivered(snapshot.RetryTransient(settings)).TakeUntil(updates))
            .Switch()
            .Merge(updates)
            .TakeUntil(states.LastOrDefaultAsync());

    /// <summary>The answer of a call, on the delivery queue and so in order with the events.</summary>
    private IObservable<T> Delivered<T>(IObservable<T> call) => Observable.Create<T>(observer => call.Subscribe(
        answer => turns.Take(() => turns.Publish(() =>
        {
            observer.OnNext(answer);
            observer.OnCompleted();
        })),
        error => turns.Take(() => turns.Publish(() => observer.OnError(error)))));
}
