using System.Collections.Generic;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

/// <summary>A route under <c>/v1/game-channels/:id</c>.</summary>
internal abstract class ChannelRoute : Route
{
    private double channelId;

    protected override IReadOnlyList<string> Scopes => ["write:gameChannels"];

    protected override bool NeedsAlias => true;

    protected sealed override void ReadPath(IReadOnlyDictionary<string, string> path, FieldErrors errors)
    {
        (channelId, var fault) = NumberField.Parse(path["id"]);
        if (fault is not null)
            errors.Add("id", fault);
    }

    protected sealed override ApiReply Handle(Change change) =>
        channelId is >= 0 and <= int.MaxValue && Game.Channels.TryGetValue((int)channelId, out var channel)
            ? Handle(change, channel)
            : throw new ApiRefusal(404, "Channel not found");

    protected abstract ApiReply Handle(Change change, Channel channel);

    protected void DemandOwner(Channel channel)
    {
        if (channel.Owner != Caller)
            throw new ApiRefusal(403, "This player is not the owner of the channel");
    }

    protected void DemandMember(Channel channel)
    {
        if (!channel.Has(Caller))
            throw new ApiRefusal(403, "This player is not a member of the channel");
    }

    protected ApiReply Reply(Channel channel) => ApiReply.Ok(writer =>
    {
        writer.WritePropertyName("channel");
        writer.WriteChannel(channel, channel.CountMembers(Call.IncludesDevData));
    });
}
