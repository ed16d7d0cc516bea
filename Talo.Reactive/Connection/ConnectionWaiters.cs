using System.Collections.Generic;
using Talo.Reactive.Dispatch;

namespace Talo.Reactive.Connection;

/// <summary>The game's tasks that wait for a state. Used inside turns; a task ends after the state was published.</summary>
internal sealed class ConnectionWaiters
{
    private readonly List<PendingCall<bool>> opening = [];
    private readonly List<PendingCall<bool>> identifying = [];
    private readonly List<PendingCall<bool>> closing = [];

    internal void Open(PendingCall<bool> call) => Add(opening, call);

    internal void Identified(PendingCall<bool> call) => Add(identifying, call);

    internal void Close(PendingCall<bool> call) => Add(closing, call);

    internal void Settle(ConnectionState state, Turns turns, bool isSuspended = false)
    {
        if (state.IsConnected) Succeed(opening, turns);
        if (state.Status is ConnectionStatus.Identified) Succeed(identifying, turns);
        var hopeless = state.Status is ConnectionStatus.Failed || (state.Status is ConnectionStatus.Closed && !isSuspended);
        if (!hopeless) return;
        var text = state.Status is ConnectionStatus.Failed
            ? $"The connection failed: {state.Cause}. OpenConnectionAsync tries again."
            : "The connection was closed by the game before it was there.";
        Fail(opening, text, state.Cause, turns);
        Fail(identifying, text, state.Cause, turns);
    }

    internal void NotIdentified(ConnectionCause cause, Turns turns) => Fail(identifying, cause.Text, cause, turns);

    internal void Closed(Turns turns) => Succeed(closing, turns);

    private static void Add(List<PendingCall<bool>> calls, PendingCall<bool> call)
    {
        // Those that the game gave up would pile up while a server is away.
        calls.RemoveAll(static x => x.IsOver);
        if (!call.IsOver) calls.Add(call);
    }

    private static void Succeed(List<PendingCall<bool>> calls, Turns turns)
    {
        foreach (var call in calls) turns.Complete(() => call.Succeed(true));
        calls.Clear();
    }

    private static void Fail(List<PendingCall<bool>> calls, string text, ConnectionCause? cause, Turns turns)
    {
        foreach (var call in calls)
            turns.Complete(() => call.Fail(new TaloException(text, cause?.Error) { Status = (cause?.Error as TaloException)?.Status }));
        calls.Clear();
    }
}
