using System.Reactive;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Inbound;

namespace Talo.Reactive.Players;

/// <summary>The streams of who plays. Delivered in order with those of the socket.</summary>
internal sealed class PlayerEvents
{
    internal PlayerEvents(Turns turns, IFaultReporter faults)
    {
        IdentificationStarted = new EventStream<string>("Players.IdentificationStarted", turns.Deliveries, faults);
        Identified = new EventStream<PlayerAlias>("Players.Identified", turns.Deliveries, faults);
        IdentificationFailed = new EventStream<IdentificationFailed>("Players.IdentificationFailed", turns.Deliveries, faults);
        IdentityCleared = new EventStream<PlayerAlias>("Players.IdentityCleared", turns.Deliveries, faults);
        SessionFound = new EventStream<SessionFound>("PlayerAuth.SessionFound", turns.Deliveries, faults);
        SessionNotFound = new EventStream<Unit>("PlayerAuth.SessionNotFound", turns.Deliveries, faults);
        SessionLost = new EventStream<SessionLost>("PlayerAuth.SessionLost", turns.Deliveries, faults);
        PropsRejected = new EventStream<PropsRejected>("Players.PropsRejected", turns.Deliveries, faults);
    }

    internal EventStream<string> IdentificationStarted { get; }

    internal EventStream<PlayerAlias> Identified { get; }

    internal EventStream<IdentificationFailed> IdentificationFailed { get; }

    internal EventStream<PlayerAlias> IdentityCleared { get; }

    internal EventStream<SessionFound> SessionFound { get; }

    internal EventStream<Unit> SessionNotFound { get; }

    internal EventStream<SessionLost> SessionLost { get; }

    internal EventStream<PropsRejected> PropsRejected { get; }

    /// <summary>The last thing that observers hear.</summary>
    internal void Complete()
    {
        IdentificationStarted.OnCompleted();
        Identified.OnCompleted();
        IdentificationFailed.OnCompleted();
        IdentityCleared.OnCompleted();
        SessionFound.OnCompleted();
        SessionNotFound.OnCompleted();
        SessionLost.OnCompleted();
        PropsRejected.OnCompleted();
    }
}
