using System;
using System.Reactive;
using System.Threading;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Inbound;

namespace Talo.Reactive;

/// <summary>Tells whether Talo answers, from what the socket and the calls see anyway.</summary>
internal sealed class OnlineState
{
    private readonly Turns turns;
    private readonly StateStream<bool> values;
    private Reach reach = Reach.Unknown;

    internal OnlineState(EventStreams streams, Turns turns)
    {
        this.turns = turns;
        values = new StateStream<bool>("Online", reach.Online, turns.Deliveries, streams.Faults);
        streams.States.Subscribe(Observer.Create<ConnectionState>(
            state => Take(current => current.Moved(state)),
            values.OnCompleted));
    }

    internal IObservable<bool> Values => values;

    internal bool Value => Volatile.Read(ref reach).Online;

    /// <summary>A call has ended. From any thread.</summary>
    internal void Called(int? status) => Take(current => current.Called(status));

    private void Take(Func<Reach, Reach> next) => turns.Take(() =>
    {
        var before = reach.Online;
        Volatile.Write(ref reach, next(reach));
        var now = reach.Online;
        if (now != before) turns.Publish(() => values.OnNext(now));
    });
}
