using System;
using System.Reactive.Linq;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Examples.ChatRoom;

/// <summary>The default engine, with a pair of scissors: what bad Wi-Fi does, on command.</summary>
internal sealed class CuttableTransport : ITransport
{
    private readonly ClientWebSocketTransport engine = new();
    private volatile ILink? link;

    public IObservable<ILink> Dial(Uri address, int maxFrameBytes) => engine.Dial(address, maxFrameBytes).Do(opened => link = opened);

    internal void Cut() => link?.Abort();
}
