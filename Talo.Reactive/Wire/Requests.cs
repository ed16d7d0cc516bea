namespace Talo.Reactive.Wire;

/// <summary>The names that a client sends in <c>req</c>.</summary>
internal static class Requests
{
    internal const string Identify = "v1.players.identify";
    internal const string ChannelMessage = "v1.channels.message";
    internal const string Heartbeat = "v1.heartbeat";
    internal const string Broadcast = "v1.player-relationships.broadcast";
}
