using System;

namespace Talo.Reactive.Connection;

/// <summary>What can happen to the connection. <paramref name="At"/> is the scheduler's clock.</summary>
internal abstract record ConnectionSignal(DateTimeOffset At)
{
    /// <summary>The game opens or resumes, or the client does at its start.</summary>
    internal sealed record Open(DateTimeOffset At) : ConnectionSignal(At);

    /// <summary>The wait is over.</summary>
    internal sealed record RetryDue(DateTimeOffset At) : ConnectionSignal(At);

    /// <summary>Nothing has failed, but the ticket has to wait for the budget of the client's own calls.</summary>
    internal sealed record Held(DateTimeOffset At, ConnectionCause Cause, TimeSpan RetryIn) : ConnectionSignal(At);

    /// <summary>The ticket that was held goes out.</summary>
    internal sealed record Released(DateTimeOffset At) : ConnectionSignal(At);

    /// <summary>v1.connected came. Where a player is known, events are complete only once it is identified.</summary>
    internal sealed record Greeted(DateTimeOffset At, bool IdentifyFollows) : ConnectionSignal(At);

    /// <summary>An identify request goes out.</summary>
    internal sealed record IdentifyStarted(DateTimeOffset At) : ConnectionSignal(At);

    /// <summary>v1.players.identify.success came.</summary>
    internal sealed record IdentifySucceeded(DateTimeOffset At) : ConnectionSignal(At);

    /// <summary>The identify request failed; the next one follows after <paramref name="RetryIn"/>, or never.</summary>
    internal sealed record IdentifyFailed(DateTimeOffset At, ConnectionCause Cause, TimeSpan? RetryIn) : ConnectionSignal(At);

    /// <summary>A ticket, a dial or a link failed; the next try follows after <paramref name="RetryIn"/>.</summary>
    /// <param name="At">When it was noticed.</param>
    /// <param name="Cause">Why.</param>
    /// <param name="RetryIn">The wait.</param>
    /// <param name="HeardUntil">When the ended link was last known to be alive.</param>
    internal sealed record LinkFailed(DateTimeOffset At, ConnectionCause Cause, TimeSpan RetryIn, DateTimeOffset HeardUntil) : ConnectionSignal(At);

    /// <summary>The client will not try by itself any more.</summary>
    internal sealed record GaveUp(DateTimeOffset At, ConnectionCause Cause, DateTimeOffset HeardUntil) : ConnectionSignal(At);

    /// <summary>The connection has lived long enough.</summary>
    internal sealed record Stable(DateTimeOffset At) : ConnectionSignal(At);

    /// <summary>The game resets: this link ends, the next is dialled at once.</summary>
    internal sealed record Reset(DateTimeOffset At, ConnectionCause Cause) : ConnectionSignal(At);

    /// <summary>The game closes or suspends.</summary>
    internal sealed record Closed(DateTimeOffset At, ConnectionCause Cause) : ConnectionSignal(At);
}
