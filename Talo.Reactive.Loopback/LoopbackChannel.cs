using System.Collections.Generic;

namespace Talo.Reactive.Loopback;

/// <summary>What the owner of a game can set of a channel. What is null is left as it is, or at Talo's default in a new channel.</summary>
public sealed record LoopbackChannel
{
    /// <summary>At most 255 characters.</summary>
    public string? Name { get; init; }

    /// <summary>The alias that owns the channel; it becomes a member. 0 takes the owner away.</summary>
    public int? OwnerAliasId { get; init; }

    /// <summary>Props to add or change; a null value deletes. A key that ends in <c>[]</c> is replaced whole.</summary>
    public IReadOnlyList<(string Key, string? Value)>? Props { get; init; }

    /// <summary>Whether the channel is deleted when its owner or last member leaves. Default false.</summary>
    public bool? AutoCleanup { get; init; }

    /// <summary>Whether it takes an invitation to join. Default false.</summary>
    public bool? Private { get; init; }

    /// <summary>Whether members leave when they go offline. Default false.</summary>
    public bool? TemporaryMembership { get; init; }
}
