using System.Collections.Generic;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class CreateSocketToken : Route
{
    protected override IReadOnlyList<string> Scopes => ["write:players"];

    protected override bool NeedsAlias => true;

    protected override ApiReply Handle(Change change)
    {
        var token = change.World.SocketTokens.Replace(Caller, change.Now);
        return ApiReply.Ok(writer => writer.WriteString("socketToken", token));
    }
}
