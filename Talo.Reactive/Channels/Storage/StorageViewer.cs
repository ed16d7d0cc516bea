using System;
using System.Collections.Generic;
using System.Threading;
using Talo.Reactive.Inbound;

namespace Talo.Reactive.Channels.Storage;

/// <summary>One observer of some keys. Tells it what changed for it, and keeps what it throws away from the others.</summary>
internal sealed class StorageViewer(string name, string[] keys, IObserver<ChannelStorage> observer, IFaultReporter faults)
{
    private int over;
    private ChannelStorage? last;

    internal IReadOnlyList<string> Keys => keys;

    internal StorageWatch? Watch { get; set; }

    internal bool IsOver => Volatile.Read(ref over) != 0;

    /// <returns>False when it was over already.</returns>
    internal bool End() => Interlocked.Exchange(ref over, 1) == 0;

    internal void Show(ChannelStorage storage)
    {
        if (IsOver || storage.Equals(last)) return;
        last = storage;
        Guarded(() => observer.OnNext(storage), detached: false);
    }

    internal void Complete()
    {
        if (End()) Guarded(observer.OnCompleted, detached: true);
    }

    internal void Fail(Exception error)
    {
        if (End()) Guarded(() => observer.OnError(error), detached: true);
    }

    private void Guarded(Action tell, bool detached)
    {
        try
        {
            tell();
        }
        catch (Exception error)
        {
            // Rx detaches an observer that throws behind an operator: it has then ended the subscription.
            faults.ObserverThrew(name, error, detached || IsOver);
        }
    }
}
