using System.Collections.Generic;
using System.Net;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

/// <summary>A route under <c>/v1/players/:id</c>, where any text may stand for the id.</summary>
internal abstract class PlayerRoute : Route
{
    private string id = "";

    protected sealed override void ReadPath(IReadOnlyDictionary<string, string> path, FieldErrors errors) =>
        id = WebUtility.UrlDecode(path["id"]);

    protected sealed override ApiReply Handle(Change change) =>
        Game.Players.TryGetValue(id, out var player) ? Handle(player) : throw new ApiRefusal(404, "Player not found");

    protected abstract ApiReply Handle(Player player);
}
