using System;
using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

/// <summary>Takes what it can of the props. Talo answers this one without aliases.</summary>
internal sealed class UpdatePlayer : PlayerRoute
{
    // Talo's own, which a game cannot write; it says nothing when one tries.
    private const string ReservedPrefix = "META_";

    private IReadOnlyList<PropChange>? changes;

    protected override IReadOnlyList<string> Scopes => ["write:players"];

    protected override bool HasBody => true;

    protected override void ReadBody(BodyFields body) => changes = body.OptionalPropChanges("props");

    protected override ApiReply Handle(Player player)
    {
        var rejected = new List<RejectedProp>();
        if (changes is not null)
        {
            var free = changes.Where(change => !change.Key.StartsWith(ReservedPrefix, StringComparison.Ordinal));
            player.Props = PropMerge.Apply(player.Props, free, rejected);
        }
        return ApiReply.Ok(writer =>
        {
            writer.WritePlayer("player", player, withAliases: false);
            writer.WriteRejected("rejectedProps", rejected);
        });
    }
}
