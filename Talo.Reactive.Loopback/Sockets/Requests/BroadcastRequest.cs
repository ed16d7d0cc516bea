using System.Collections.Generic;
using System.Text.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Sockets.Requests;

/// <summary>Goes to those with a confirmed subscription to the sender. That there are none is no error.</summary>
internal sealed class BroadcastRequest : SocketRequest
{
    public override string Name => "v1.player-relationships.broadcast";

    public override IReadOnlyList<string> Scopes { get; } = ["write:playerBroadcasts"];

    public override bool Fits(JsonElement data) => IsText(data, "message");

    public override void Handle(Change change, Connection connection, JsonElement data) =>
        Broadcasts.PlayerBroadcast(change, connection.Alias!, data.GetProperty("message").GetString()!);
}
