using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>Talo Socket: v1.channels.message. A member said something in a channel; the sender gets it too.</summary>
[JsonConverter(typeof(EntityConverter<ChannelMessage>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<ChannelMessage>))]
public sealed record ChannelMessage
{
    /// <summary>
    /// The channel, as it was when the event was sent. <see cref="Channel.MemberCount"/> is never set in events. Never null.
    /// </summary>
    public Channel Channel { get; init; } = Channel.Unknown;

    /// <summary>The text.</summary>
    public string Message { get; init; } = "";

    /// <summary>Who said it. Never null.</summary>
    public PlayerAlias PlayerAlias { get; init; } = PlayerAlias.Unknown;

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"[{Channel.Name}] {PlayerAlias.DisplayName}: {Message}");
}
