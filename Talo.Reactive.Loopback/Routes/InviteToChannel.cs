using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

/// <summary>An invitation needs no answer: the invitee is a member at once.</summary>
internal sealed class InviteToChannel : ChannelRoute
{
    private double inviteeId;

    protected override bool HasBody => true;

    protected override void ReadBody(BodyFields body) => inviteeId = body.Number("inviteeAliasId");

    protected override ApiReply Handle(Change change, Channel channel)
    {
        DemandOwner(channel);
        var invitee = Game.FindAlias(inviteeId) ?? throw new ApiRefusal(404, "Invitee not found");
        if (invitee == Caller)
            throw new ApiRefusal(400, "Players cannot invite themselves");
        ChannelMembership.Join(change, channel, invitee);
        return ApiReply.NoContent;
    }
}
