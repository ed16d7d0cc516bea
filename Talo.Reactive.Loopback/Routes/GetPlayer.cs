using System.Collections.Generic;
using System.Net;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

/// <summary>Talo answers this one with empty props, whatever is stored.</summary>
internal sealed class GetPlayer : Route
{
    private string id = "";

    protected override IReadOnlyList<string> Scopes => ["read:players"];

    protected override void ReadPath(IReadOnlyDictionary<string, string> path, FieldErrors errors) => id = WebUtility.UrlDecode(path["id"]);

    protected override ApiReply Handle(Change change) =>
        Game.Players.TryGetValue(id, out var player)
            ? ApiReply.Ok(writer => writer.WritePlayer("player", player, withProps: false))
            : throw new ApiRefusal(404, "Player not found");
}
