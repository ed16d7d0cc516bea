using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>Talo Socket: v1.channels.deleted. A channel is gone; no member leaves it one by one.</summary>
[JsonConverter(typeof(EntityConverter<ChannelDeleted>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<ChannelDeleted>))]
public sealed record ChannelDeleted
{
    /// <summary>The channel as it last was. Never null.</summary>
    public Channel Channel { get; init; } = Channel.Unknown;

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"{Channel.Name} deleted");
}
