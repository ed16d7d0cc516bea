using System;
using System.Threading;

namespace Talo.Reactive.Loopback.Faults;

/// <summary>Ends a fault, once.</summary>
internal sealed class Lift(Action end) : IDisposable
{
    private Action? end = end;

    public void Dispose() => Interlocked.Exchange(ref end, null)?.Invoke();
}
