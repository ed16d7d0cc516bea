using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class ListMembers : ChannelRoute
{
    private int page;
    private string? identifier;

    protected override IReadOnlyList<string> Scopes => ["read:gameChannels"];

    protected override void ReadQuery(QueryFields query)
    {
        page = query.Page();
        identifier = query.Optional("identifier");
    }

    protected override ApiReply Handle(Change change, Channel channel)
    {
        if (!channel.Has(Caller))
            throw new ApiRefusal(403, "This player is not a member of the channel");
        var shown = channel.Members
            .Where(member => Call.IncludesDevData || !member.Player.DevBuild)
            .Where(member => identifier is null || member.Identifier.Equals(identifier, System.StringComparison.OrdinalIgnoreCase))
            .ToList();
        return Paging.Reply("members", shown, page, static (writer, member) => writer.WriteAlias(member));
    }
}
