using System;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Inbound;

/// <summary>The streams of the socket, and the typed ones made of its messages.</summary>
internal sealed class EventStreams
{
    private readonly Turns turns;
    private readonly Redactor redactor;

    internal EventStreams(Turns turns, Redactor redactor, FaultStream faults, TrafficStream traffic, ConnectionState initial)
    {
        this.turns = turns;
        this.redactor = redactor;
        Faults = faults;
        Traffic = traffic;
        Messages = new EventStream<TaloMessage>("Socket.Messages", turns.Deliveries, faults);
        Errors = new EventStream<TaloSocketError>("Socket.Errors", turns.Deliveries, faults);
        Closures = new EventStream<Closure>("Socket.Closures", turns.Deliveries, faults);
        States = new StateStream<ConnectionState>("Socket.States", initial, turns.Deliveries, faults);
        ChannelMessages = new ChannelRoute(turns.Deliveries, faults);
    }

    internal FaultStream Faults { get; }

    internal TrafficStream Traffic { get; }

    internal EventStream<TaloMessage> Messages { get; }

    internal EventStream<TaloSocketError> Errors { get; }

    internal EventStream<Closure> Closures { get; }

    internal StateStream<ConnectionState> States { get; }

    internal ChannelRoute ChannelMessages { get; }

    internal string Redact(string text) => redactor.Redact(text);

    /// <summary>The exception, or its text alone where that names a secret.</summary>
    internal Exception? WithoutSecrets(Exception? error) => Faults.WithoutSecrets(error);

    /// <summary>Inside a turn.</summary>
    internal void Publish(ConnectionState state) => turns.Publish(() => States.OnNext(state));

    /// <summary>Inside a turn.</summary>
    internal void Publish(Closure closure)
    {
        var told = closure with { Reason = redactor.Redact(closure.Reason) };
        turns.Publish(() => Closures.OnNext(told));
    }

    /// <summary>The error without the secrets that the server echoes in it.</summary>
    internal TaloSocketError WithoutSecrets(TaloSocketError error) => error with
    {
        Req = redactor.Redact(error.Req),
        Message = redactor.Redact(error.Message),
        Cause = error.Cause is null ? null : redactor.Redact(error.Cause),
    };

    /// <summary>The last thing that observers hear.</summary>
    internal void Complete()
    {
        Messages.OnCompleted();
        ChannelMessages.OnCompleted();
        Errors.OnCompleted();
        Closures.OnCompleted();
        States.OnCompleted();
        Traffic.Traffic.OnCompleted();
        Faults.Faults.OnCompleted();
    }
}
