using System.Collections.Generic;
using System.Linq;
using System.Text;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

/// <summary>One prop of a channel's storage; an array comes as one prop whose value is the JSON text of its values.</summary>
internal sealed class GetStorage : ChannelRoute
{
    private string key = "";

    protected override IReadOnlyList<string> Scopes => ["read:gameChannels"];

    protected override void ReadQuery(QueryFields query) => key = query.Text("propKey");

    protected override ApiReply Handle(Change change, Channel channel)
    {
        DemandMember(channel);
        var rows = channel.Storage.Find(key);
        return ApiReply.Ok(writer =>
        {
            writer.WritePropertyName("prop");
            if (rows.Count == 0)
                writer.WriteNullValue();
            else
                writer.WriteStorage(rows[0], PropRules.IsArrayKey(rows[0].Key) ? ArrayText(rows) : rows[0].Value);
        });
    }

    private static string ArrayText(IEnumerable<StorageProp> rows) => Encoding.UTF8.GetString(JsonText.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var value in rows.Select(row => row.Value))
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }));
}
