using System;

namespace Talo.Reactive.Inbound;

/// <summary>
/// Tells a guarded subscription which client it hangs on: while it subscribes to its query, the client's streams at the
/// query's roots say so, on the same thread.
/// </summary>
internal sealed class GuardScope : IDisposable
{
    [ThreadStatic]
    private static GuardScope? current;

    private readonly GuardScope? outer = current;

    internal GuardScope() => current = this;

    internal IFaultReporter? Faults { get; private set; }

    internal static void Reached(IFaultReporter faults)
    {
        if (current is { Faults: null } scope) scope.Faults = faults;
    }

    public void Dispose() => current = outer;
}
