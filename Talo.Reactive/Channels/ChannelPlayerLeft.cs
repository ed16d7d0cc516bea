using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>Talo Socket: v1.channels.player-left. A member left a channel.</summary>
[JsonConverter(typeof(EntityConverter<ChannelPlayerLeft>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<ChannelPlayerLeft>))]
public sealed record ChannelPlayerLeft
{
    /// <summary>The channel, still with the owner it had before. Never null.</summary>
    public Channel Channel { get; init; } = Channel.Unknown;

    /// <summary>Who left. Never null.</summary>
    public PlayerAlias PlayerAlias { get; init; } = PlayerAlias.Unknown;

    /// <summary>Why.</summary>
    public ChannelLeavingReason Reason { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"{PlayerAlias.DisplayName} left {Channel.Name} ({Reason})");
}
