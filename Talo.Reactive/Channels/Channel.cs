using System;
using System.Collections.Generic;
using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>A channel: members who send each other messages and share a storage.</summary>
[JsonConverter(typeof(EntityConverter<Channel>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<Channel>))]
public sealed record Channel
{
    internal static readonly Channel Unknown = new();

    private readonly ValueList<Prop> _props = ValueList<Prop>.Empty;

    /// <summary>The id of the channel.</summary>
    public int Id { get; init; }

    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The alias that owns it; null when nobody does.</summary>
    public PlayerAlias? Owner { get; init; }

    /// <summary>How many messages were sent. The server counts late: in events it may be minutes behind.</summary>
    public int TotalMessages { get; init; }

    /// <summary>The props. Never null.</summary>
    public IReadOnlyList<Prop> Props
    {
        get => _props;
        init => _props = ValueList<Prop>.Of(value);
    }

    /// <summary>Whether the server deletes it when its owner or its last member leaves.</summary>
    public bool AutoCleanup { get; init; }

    /// <summary>Whether one needs an invitation to join.</summary>
    public bool Private { get; init; }

    /// <summary>Whether members leave it by going offline.</summary>
    public bool TemporaryMembership { get; init; }

    /// <summary>When it was made, UTC; null when not sent.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last changed, UTC; null when not sent.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>How many members it has; null where the server does not say, which is in every event.</summary>
    public int? MemberCount { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"{Name} (channel {Id})");
}
