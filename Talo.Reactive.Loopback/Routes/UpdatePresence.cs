using System.Collections.Generic;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class UpdatePresence : Route
{
    private bool? online;
    private string? customStatus;

    protected override IReadOnlyList<string> Scopes => ["write:playerPresence"];

    protected override bool NeedsAlias => true;

    protected override bool HasBody => true;

    protected override void ReadBody(BodyFields body)
    {
        online = body.OptionalFlag("online");
        customStatus = body.OptionalText("customStatus");
    }

    protected override ApiReply Handle(Change change)
    {
        var suppliesNothingToNobody = Caller.Player.Presence is null && online is null && customStatus is null;
        if (suppliesNothingToNobody || customStatus?.Length > Presence.MaxStatus)
            throw new ApiRefusal(ApiReply.Unhandled);
        var presence = PresenceUpdates.Apply(change, Caller, online, customStatus);
        return ApiReply.Ok(writer => writer.WritePresence("presence", presence));
    }
}
