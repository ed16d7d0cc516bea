using System.Collections.Generic;

namespace Talo.Reactive.Loopback.State;

/// <summary>What a write to a channel's storage did. In each list the scalars precede the arrays.</summary>
internal sealed class StorageUpdate
{
    public List<StorageProp> Upserted { get; } = [];
    public List<StorageProp> Deleted { get; } = [];
    public List<RejectedProp> Failed { get; } = [];
}
