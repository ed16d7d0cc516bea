using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>Talo Socket: v1.channels.ownership-transferred. A channel has another owner.</summary>
/// <remarks>Not sent when the owner leaves and nobody owns the channel any more.</remarks>
[JsonConverter(typeof(EntityConverter<ChannelOwnershipTransferred>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<ChannelOwnershipTransferred>))]
public sealed record ChannelOwnershipTransferred
{
    /// <summary>The channel, already with the new owner. Never null.</summary>
    public Channel Channel { get; init; } = Channel.Unknown;

    /// <summary>The new owner. Never null.</summary>
    public PlayerAlias NewOwner { get; init; } = PlayerAlias.Unknown;

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"{Channel.Name} now belongs to {NewOwner.DisplayName}");
}
