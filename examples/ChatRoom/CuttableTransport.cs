using System;
using System.Reactive.Linq;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Examples.ChatRoom;

/// <summary>An engine with a pair of scissors: what bad Wi-Fi does, on command.</summary>
internal sealed class CuttableTransport(ITransport engine) : ITransport
{
    private volatile ILink? link;

    public IObservable<ILink> Dial(Uri address, int maxFrameBytes) => engine.Dial(address, maxFrameBytes).Do(opened => link = opened);

    internal void Cut() => link?.Abort();
}
