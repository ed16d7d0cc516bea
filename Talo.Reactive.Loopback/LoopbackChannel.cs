using System.Collections.Generic;

namespace Talo.Reactive.Loopback;

/// <summary>What the owner of a game says about a channel in the dashboard. What is null is left as it is.</summary>
public sealed record LoopbackChannel
{
    /// <summary>The name; a blank one counts as not given.</summary>
    /// <value>At most 255 characters.</value>
    public string? Name { get; init; }

    /// <summary>The alias that owns the channel; it becomes a member.</summary>
    public int? OwnerAliasId { get; init; }

    /// <summary>Takes the channel from its owner, who stays a member. Not together with <see cref="OwnerAliasId"/>.</summary>
    public bool WithoutOwner { get; init; }

    /// <summary>Props to set, and to remove where the value is null. The others stay.</summary>
    public IReadOnlyDictionary<string, string?>? Props { get; init; }

    /// <summary>Whether it is deleted when its owner or its last member leaves.</summary>
    public bool? AutoCleanup { get; init; }

    /// <summary>Whether it is not listed and joined by invitation only.</summary>
    public bool? Private { get; init; }

    /// <summary>Whether members leave it when they go offline.</summary>
    public bool? TemporaryMembership { get; init; }
}
