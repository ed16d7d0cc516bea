using System.Collections.Generic;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.Sockets;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class WriteStorage : ChannelRoute
{
    private IReadOnlyList<PropChange> props = [];

    protected override bool HasBody => true;

    protected override void ReadBody(BodyFields body) => props = body.PropChanges("props");

    protected override ApiReply Handle(Change change, Channel channel)
    {
        DemandMember(channel);
        var update = channel.Storage.Write(props, Caller, change.Now);
        foreach (var row in update.Upserted)
            change.Store(row);
        Broadcasts.StorageUpdated(change, channel, update);
        return ApiReply.Ok(writer =>
        {
            writer.WriteChannel("channel", channel);
            writer.WriteStorage("upsertedProps", update.Upserted);
            writer.WriteStorage("deletedProps", update.Deleted);
            writer.WriteRejected("failedProps", update.Failed);
        });
    }
}
