using System.Collections.Generic;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class GetChannel : ChannelRoute
{
    protected override IReadOnlyList<string> Scopes => ["read:gameChannels"];

    protected override bool NeedsAlias => false;

    protected override ApiReply Handle(Change change, Channel channel) => Reply(channel);
}
