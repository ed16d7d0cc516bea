using System;

namespace Talo.Reactive.Dispatch;

/// <summary>Whether the client still lives.</summary>
internal sealed class Lifetime
{
    private int disposed;

    internal bool IsOver => System.Threading.Volatile.Read(ref disposed) != 0;

    internal static ObjectDisposedException Ended() =>
        new(nameof(TaloClient), "This TaloClient was disposed: make a new one.");

    /// <returns>False when it was over already.</returns>
    internal bool TryEnd() => System.Threading.Interlocked.Exchange(ref disposed, 1) == 0;

    internal void ThrowIfDisposed()
    {
        if (IsOver) throw Ended();
    }
}
