using System.Collections.Generic;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class GetLiveConfig : Route
{
    protected override IReadOnlyList<string> Scopes => ["read:gameConfig"];

    protected override ApiReply Handle(Change change) => ApiReply.Ok(writer => writer.WriteProps("config", Game.LiveConfig));
}
