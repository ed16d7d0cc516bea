using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class DeleteChannel : ChannelRoute
{
    protected override ApiReply Handle(Change change, Channel channel)
    {
        DemandOwner(channel);
        ChannelMembership.Delete(change, channel);
        return ApiReply.NoContent;
    }
}
