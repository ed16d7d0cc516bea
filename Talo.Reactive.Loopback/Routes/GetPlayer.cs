using System.Collections.Generic;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

/// <summary>Talo answers this one with empty props, whatever is stored.</summary>
internal sealed class GetPlayer : PlayerRoute
{
    protected override IReadOnlyList<string> Scopes => ["read:players"];

    protected override ApiReply Handle(Player player) =>
        ApiReply.Ok(writer => writer.WritePlayer("player", player, withProps: false));
}
