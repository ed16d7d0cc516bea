using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading.Tasks;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Sockets.Requests;

internal sealed class IdentifyRequest : SocketRequest
{
    public override string Name => "v1.players.identify";

    public override IReadOnlyList<string> Scopes { get; } = ["read:players"];

    public override bool NeedsPlayer => false;

    public override bool Fits(JsonElement data) =>
        IsNumber(data, "playerAliasId")
        && IsText(data, "socketToken")
        && (!data.TryGetProperty("sessionToken", out var session) || session.ValueKind == JsonValueKind.String);

    public override void Handle(Change change, Connection connection, JsonElement data)
    {
        var id = data.GetProperty("playerAliasId").GetDouble();
        var isWhole = Math.Abs(id) <= int.MaxValue && id == Math.Truncate(id);
        if (!isWhole || !change.World.SocketTokens.IsValid((int)id, data.GetProperty("socketToken").GetString()!, change.Now))
            throw new SocketRefusal("INVALID_SOCKET_TOKEN", "Invalid socket token");
        if (!connection.Game.Aliases.TryGetValue((int)id, out var alias))
            throw SocketRefusal.Listener($"PlayerAlias not found ({{ id: {(int)id}, player: {{ game: {connection.Game.Id} }} }})");
        if (alias.IsTalo && !SessionTokens.IsSession(SessionOf(data), alias, change.Now))
            throw new SocketRefusal("INVALID_SESSION_TOKEN", "Invalid session token");

        if (change.World.Options.CheckLatency > TimeSpan.Zero)
            connection.Identifying = IdentifyLaterAsync(connection.Identifying, change.World, connection, alias);
        else
            Identify(change, connection, alias);
    }

    private static string SessionOf(JsonElement data) =>
        data.TryGetProperty("sessionToken", out var session) ? session.GetString()! : "";

    // Talo takes a while over its database here and handles the frames behind this one meanwhile, as those of nobody. A
    // connection that closes during that while still brings its player online, for good.
    private static async Task IdentifyLaterAsync(Task before, World world, Connection connection, PlayerAlias alias)
    {
        await before.ConfigureAwait(false);
        await Task.Delay(world.Options.CheckLatency).ConfigureAwait(false);
        using var change = world.Begin();
        Identify(change, connection, alias);
    }

    private static void Identify(Change change, Connection connection, PlayerAlias alias)
    {
        if (!connection.IsGone)
            connection.Alias = alias;
        PresenceUpdates.Apply(change, alias, online: true, customStatus: null, withAuth: true);
        change.Send(connection, OutboundFrame.Wrapped(
            "v1.players.identify.success", data => data.WriteAlias(alias, withAuth: true)));
    }
}
