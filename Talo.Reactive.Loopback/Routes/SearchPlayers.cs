using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

/// <summary>The players last seen of those whose props, identifiers or id contain a text. There is only the first page.</summary>
internal sealed class SearchPlayers : Route
{
    private const int PerPage = 25;

    private string text = "";

    protected override IReadOnlyList<string> Scopes => ["read:players"];

    protected override void ReadQuery(QueryFields query) => text = query.SearchText("query");

    protected override ApiReply Handle(Change change)
    {
        var found = Game.Players.Values
            .Where(player => (Call.IncludesDevData || !player.DevBuild) && Finds(player))
            .OrderByDescending(player => player.LastSeenAt)
            .ToList();
        return Paging.Reply("players", found, page: 0, static (writer, player) => writer.WritePlayer(player), PerPage);
    }

    private bool Finds(Player player) =>
        player.Props.Any(prop => SqlPattern.Contains(prop.Value, text))
        || player.Aliases.Any(alias => SqlPattern.Contains(alias.Identifier, text))
        || SqlPattern.Contains(player.Id, text);
}
