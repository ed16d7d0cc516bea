using System;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Inbound;

namespace Talo.Reactive.Channels.Memberships;

/// <summary>One observer of <c>Joined()</c>. Called on the delivery queue only.</summary>
internal sealed class JoinedObserver
{
    private readonly IObserver<Channel> observer;
    private readonly string name;
    private readonly SerialQueue deliveries;
    private readonly IFaultReporter faults;
    private volatile bool isOver;

    internal JoinedObserver(IObserver<Channel> observer, int channelId, SerialQueue deliveries, IFaultReporter faults)
    {
        this.observer = observer;
        name = $"Channels.In({channelId}).Joined()";
        this.deliveries = deliveries;
        this.faults = faults;
    }

    /// <summary>It wants to hear no more.</summary>
    internal void Detach() => isOver = true;

    internal void OnNext(Channel channel)
    {
        // Nothing starts after the client was disposed.
        if (!deliveries.IsClosed) Call(() => observer.OnNext(channel), ends: false);
    }

    internal void OnError(Exception error) => Call(() => observer.OnError(error), ends: true);

    internal void OnCompleted() => Call(observer.OnCompleted, ends: true);

    private void Call(Action delivery, bool ends)
    {
        if (isOver) return;
        isOver = ends;
        try
        {
            delivery();
        }
        catch (Exception error)
        {
            faults.ObserverThrew(name, error, detached: isOver);
        }
    }
}
