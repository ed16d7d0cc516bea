using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class ListMembers : ChannelRoute
{
    private int page;
    private MemberFilter filter;

    protected override IReadOnlyList<string> Scopes => ["read:gameChannels"];

    protected override void ReadQuery(QueryFields query)
    {
        page = query.Page();
        filter = new(
            query.OptionalUuid("playerId"),
            query.OptionalInt("aliasId"),
            query.Optional("identifier"),
            new(query.Optional("playerPropKey"), query.Optional("playerPropValue")),
            query.OptionalUuid("playerGroupId"));
    }

    protected override ApiReply Handle(Change change, Channel channel)
    {
        DemandMember(channel);
        var shown = channel.Members
            .Where(member => (Call.IncludesDevData || !member.Player.DevBuild) && filter.Admits(member))
            .ToList();
        return Paging.Reply("members", shown, page, static (writer, member) => writer.WriteAlias(member));
    }
}
