using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

/// <summary>The channels that the caller is a member of, private ones among them, all on one page.</summary>
internal sealed class ListSubscriptions : Route
{
    private PropFilter filter;

    protected override IReadOnlyList<string> Scopes => ["read:gameChannels"];

    protected override bool NeedsAlias => true;

    protected override void ReadQuery(QueryFields query) =>
        filter = new(query.Optional("propKey"), query.Optional("propValue"));

    protected override ApiReply Handle(Change change) => ApiReply.Ok(writer =>
    {
        writer.WriteStartArray("channels");
        foreach (var channel in Game.Channels.Values.Where(channel => channel.Has(Caller) && filter.Admits(channel.Props)))
            writer.WriteChannel(channel, channel.CountMembers(Call.IncludesDevData));
        writer.WriteEndArray();
    });
}
