using System;
using System.Collections.Generic;
using System.Text.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Sockets.Requests;

internal sealed class ChannelMessageRequest : SocketRequest
{
    public override string Name => "v1.channels.message";

    public override IReadOnlyList<string> Scopes { get; } = ["write:gameChannels"];

    public override bool Fits(JsonElement data) =>
        data.TryGetProperty("channel", out var channel)
        && channel.ValueKind == JsonValueKind.Object
        && IsNumber(channel, "id")
        && IsText(data, "message");

    public override void Handle(Change change, Connection connection, JsonElement data)
    {
        var id = data.GetProperty("channel").GetProperty("id").GetDouble();
        var channel = Math.Abs(id) <= int.MaxValue && id == Math.Truncate(id)
            ? connection.Game.Channels.GetValueOrDefault((int)id)
            : null;
        if (channel is null)
            throw SocketRefusal.Listener("Channel not found");
        if (!channel.Has(connection.Alias))
            throw SocketRefusal.Listener("Player not in channel");

        Broadcasts.ChannelMessage(change, channel, connection.Alias!, data.GetProperty("message").GetString()!);
        channel.CountMessage();
    }
}
