using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

/// <summary>Some props of a channel's storage, in the order asked for; an array comes as one prop a value.</summary>
internal sealed class ListStorage : ChannelRoute
{
    private const int MaxKeys = 50;

    private IReadOnlyList<string> keys = [];

    protected override IReadOnlyList<string> Scopes => ["read:gameChannels"];

    protected override void ReadQuery(QueryFields query) => keys = query.Keys("propKeys", MaxKeys);

    protected override ApiReply Handle(Change change, Channel channel)
    {
        DemandMember(channel);
        return ApiReply.Ok(writer =>
        {
            writer.WriteStartArray("props");
            foreach (var rows in keys.Select(channel.Storage.Find))
            {
                foreach (var row in rows)
                    writer.WriteStorage(rows[0], row.Value);
            }
            writer.WriteEndArray();
        });
    }
}
