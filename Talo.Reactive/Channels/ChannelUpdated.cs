using System.Collections.Generic;
using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>Talo Socket: v1.channels.updated. The settings or props of a channel were changed.</summary>
[JsonConverter(typeof(EntityConverter<ChannelUpdated>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<ChannelUpdated>))]
public sealed record ChannelUpdated
{
    private readonly ValueList<string> _changedProperties = ValueList<string>.Empty;

    /// <summary>The channel with the change; its <see cref="Channel.UpdatedAt"/> may still be the old one. Never null.</summary>
    public Channel Channel { get; init; } = Channel.Unknown;

    /// <summary>
    /// What the change mentioned, equal or not: <c>name</c>, <c>props</c>, <c>ownerAliasId</c>, <c>autoCleanup</c>,
    /// <c>private</c>, <c>temporaryMembership</c>. Never null.
    /// </summary>
    public IReadOnlyList<string> ChangedProperties
    {
        get => _changedProperties;
        init => _changedProperties = ValueList<string>.Of(value);
    }

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"{Channel.Name} updated ({string.Join(", ", ChangedProperties)})");
}
