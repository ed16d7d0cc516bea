using static Talo.Reactive.ConnectionStatus;

namespace Talo.Reactive.Connection;

/// <summary>The state machine of the connection, as one pure function.</summary>
internal static class ConnectionTransition
{
    internal static ConnectionState Start(System.DateTimeOffset at) => new() { Status = Disconnected, Since = at };

    /// <summary>The next state; the same instance when the signal means nothing in this one.</summary>
    internal static ConnectionState Next(ConnectionState state, ConnectionSignal signal) => signal switch
    {
        ConnectionSignal.Open when state.Status is Disconnected or Closed or Failed =>
            Dialling(state, signal) with { Attempt = 0 },
        ConnectionSignal.RetryDue when state.Status is Waiting =>
            Dialling(state, signal),
        // The game does not want to wait: the try that is due later is made now.
        ConnectionSignal.Open when state.Status is Waiting =>
            Dialling(state, signal),
        ConnectionSignal.Held held when state.Status is Connecting or Waiting =>
            Enter(state, Waiting, signal) with { Cause = held.Cause, RetryIn = held.RetryIn },
        ConnectionSignal.Released when state.Status is Waiting =>
            Enter(state, Connecting, signal),

        ConnectionSignal.Greeted greeted when state.Status is Connecting =>
            greeted.IdentifyFollows ? Enter(state, Connected, signal) : ClosingGap(Enter(state, Connected, signal)),
        ConnectionSignal.IdentifyStarted when state.Status is Connected =>
            Enter(state, Identifying, signal),
        ConnectionSignal.IdentifySucceeded when state.Status is Connected or Identifying =>
            ClosingGap(Enter(state, Identified, signal)),
        ConnectionSignal.IdentifyFailed failed when state.Status is Connected or Identifying =>
            Enter(state, Connected, signal) with { Cause = failed.Cause, RetryIn = failed.RetryIn },

        ConnectionSignal.LinkFailed failed when IsTrying(state) =>
            OpeningGap(state, failed.HeardUntil, Enter(state, Waiting, signal)) with
            {
                Attempt = state.Attempt + 1,
                Cause = failed.Cause,
                RetryIn = failed.RetryIn,
            },
        ConnectionSignal.GaveUp gaveUp when IsTrying(state) =>
            OpeningGap(state, gaveUp.HeardUntil, Enter(state, Failed, signal)) with { Cause = gaveUp.Cause },

        ConnectionSignal.Stable when state.IsConnected && state.Attempt > 0 =>
            state with { Attempt = 0, Gap = null },

        ConnectionSignal.Reset reset when IsTrying(state) || state.Status is Waiting =>
            OpeningGap(state, signal.At, Dialling(state, signal)) with { Attempt = 0, Cause = reset.Cause },
        ConnectionSignal.Closed closed when state.Status is not Closed =>
            OpeningGap(state, signal.At, Enter(state, Closed, signal)) with { Attempt = 0, Cause = closed.Cause },

        _ => state,
    };

    private static bool IsTrying(ConnectionState state) => state.Status is Connecting || state.IsConnected;

    private static ConnectionState Enter(ConnectionState state, ConnectionStatus status, ConnectionSignal signal) =>
        state with { Status = status, Since = signal.At, Cause = null, RetryIn = null, Gap = null };

    private static ConnectionState Dialling(ConnectionState state, ConnectionSignal signal) =>
        Enter(state, Connecting, signal) with { Epoch = state.Epoch + 1 };

    private static ConnectionState OpeningGap(ConnectionState from, System.DateTimeOffset heardUntil, ConnectionState to) =>
        from.IsConnected
            ? to with { MissingSince = from.MissingSince ?? heardUntil }
            : to;

    private static ConnectionState ClosingGap(ConnectionState state) =>
        state.MissingSince is { } from
            ? state with { Gap = new ConnectionGap(from, state.Since), MissingSince = null }
            : state;
}
