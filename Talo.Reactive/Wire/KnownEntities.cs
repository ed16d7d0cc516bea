using System.Threading;

namespace Talo.Reactive.Wire;

/// <summary>The channels and players that the events of one client told of lately. One thread at a time: <see cref="Payload"/> sees to it.</summary>
internal sealed class KnownEntities
{
    private int inUse;

    internal KnownObjects<Channel> Channels { get; } = new(64);

    internal KnownObjects<PlayerAlias> Aliases { get; } = new(256);

    /// <summary>Takes it for this thread, unless another has it. Nobody waits for it, so it is no lock, which would cost three times as much.</summary>
    internal bool TryTake() => Interlocked.CompareExchange(ref inUse, 1, 0) == 0;

    internal void GiveBack() => Volatile.Write(ref inUse, 0);
}
