using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class ListChannels : Route
{
    private int page;
    private ChannelFilter filter;

    protected override IReadOnlyList<string> Scopes => ["read:gameChannels"];

    protected override void ReadQuery(QueryFields query)
    {
        page = query.Page();
        filter = new(query.Optional("search"), new(query.Optional("propKey"), query.Optional("propValue")));
    }

    protected override ApiReply Handle(Change change)
    {
        var channels = Game.Channels.Values
            .Where(channel => !channel.IsPrivate && filter.Admits(channel))
            .OrderByDescending(channel => channel.TotalMessages)
            .ThenBy(channel => channel.Id)
            .ToList();
        return Paging.Reply("channels", channels, page,
            (writer, channel) => writer.WriteChannel(channel, channel.CountMembers(Call.IncludesDevData)));
    }
}
