using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class LeaveChannel : ChannelRoute
{
    protected override ApiReply Handle(Change change, Channel channel)
    {
        ChannelMembership.Leave(change, channel, Caller, LeaveReason.Default);
        return ApiReply.NoContent;
    }
}
