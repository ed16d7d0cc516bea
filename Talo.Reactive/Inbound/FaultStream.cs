using System;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Inbound;

/// <summary>The client's <c>Faults</c>: takes reports from any thread and tells them one at a time, without secrets.</summary>
internal sealed class FaultStream : IFaultReporter
{
    private const string Name = "Socket.Faults";

    private readonly Turns turns;
    private readonly Redactor redactor;

    internal FaultStream(Turns turns, Redactor redactor)
    {
        this.turns = turns;
        this.redactor = redactor;
        Faults = new EventStream<TaloFault>(Name, turns.Deliveries, this);
    }

    internal EventStream<TaloFault> Faults { get; }

    public void ObserverThrew(string stream, Exception error, bool detached)
    {
        // An observer of Faults that throws has nobody left to tell.
        if (stream == Name) return;
        Tell(new TaloFault
        {
            Kind = TaloFaultKind.ObserverThrew,
            Text = $"An observer threw {error.GetType().Name}: {error.Message}"
                + (detached ? " It was detached; SubscribeGuarded keeps it subscribed." : ""),
            Where = stream,
            ObserverDetached = detached,
            Error = error,
        });
    }

    public void Report(TaloFaultKind kind, string text, string? where = null, Exception? error = null) =>
        Tell(new TaloFault { Kind = kind, Text = text, Where = where, Error = error });

    private void Tell(TaloFault fault)
    {
        if (!Faults.HasObservers) return;
        var told = fault with
        {
            At = turns.Now,
            Text = redactor.Redact(fault.Text),
            Where = fault.Where is null ? null : redactor.Redact(fault.Where),
            Error = fault.Error is null ? null : redactor.Redact(fault.Error),
        };
        turns.Tell(() => Faults.OnNext(told));
    }
}
