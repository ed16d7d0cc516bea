using System;
using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>One player follows another: directed, from the subscriber to the one who is subscribed to.</summary>
[JsonConverter(typeof(EntityConverter<PlayerAliasSubscription>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<PlayerAliasSubscription>))]
public sealed record PlayerAliasSubscription
{
    internal static readonly PlayerAliasSubscription Unknown = new();

    /// <summary>The id of the subscription.</summary>
    public int Id { get; init; }

    /// <summary>Who follows, and receives broadcasts once it is confirmed. Never null.</summary>
    public PlayerAlias Subscriber { get; init; } = PlayerAlias.Unknown;

    /// <summary>Who is followed. Never null.</summary>
    public PlayerAlias SubscribedTo { get; init; } = PlayerAlias.Unknown;

    /// <summary>Whether the one who is followed has agreed.</summary>
    public bool Confirmed { get; init; }

    /// <summary>Whether it is meant to go both ways.</summary>
    public RelationshipType RelationshipType { get; init; }

    /// <summary>When it was asked for, UTC; null when not sent.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last changed, UTC; null when not sent.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"{Subscriber.DisplayName} -> {SubscribedTo.DisplayName} (subscription {Id})");
}
