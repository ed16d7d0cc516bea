using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>Talo Socket: v1.channels.player-joined. A player became a member of a channel; the joiner gets it too.</summary>
[JsonConverter(typeof(EntityConverter<ChannelPlayerJoined>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<ChannelPlayerJoined>))]
public sealed record ChannelPlayerJoined
{
    /// <summary>
    /// The channel, as it was when the event was sent. <see cref="Channel.MemberCount"/> is never set in events. Never null.
    /// </summary>
    public Channel Channel { get; init; } = Channel.Unknown;

    /// <summary>Who joined; null when the channel was made in the dashboard.</summary>
    public PlayerAlias? PlayerAlias { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"{PlayerAlias?.DisplayName} joined {Channel.Name}");
}
