using System;
using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>An entry of a channel's storage.</summary>
[JsonConverter(typeof(EntityConverter<ChannelStorageProp>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<ChannelStorageProp>))]
public sealed record ChannelStorageProp
{
    /// <summary>The key. One that ends in <c>[]</c> occurs once for each value of its list.</summary>
    public string Key { get; init; } = "";

    /// <summary>The value; for a deleted entry, its last.</summary>
    public string Value { get; init; } = "";

    /// <summary>Who made it. Never null.</summary>
    public PlayerAlias CreatedBy { get; init; } = PlayerAlias.Unknown;

    /// <summary>Who changed or deleted it last. Never null.</summary>
    public PlayerAlias LastUpdatedBy { get; init; } = PlayerAlias.Unknown;

    /// <summary>When it was made, UTC; null when not sent.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>
    /// When it last changed, UTC; null when not sent. Rounded to seconds in some answers: never compare two of them.
    /// </summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"{Key}={Value}");
}
