using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class JoinChannel : ChannelRoute
{
    protected override ApiReply Handle(Change change, Channel channel)
    {
        if (channel.IsPrivate)
            throw new ApiRefusal(403, "This channel is private");
        ChannelMembership.Join(change, channel, Caller);
        return Reply(channel);
    }
}
