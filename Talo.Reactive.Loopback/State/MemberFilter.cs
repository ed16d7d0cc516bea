using System;

namespace Talo.Reactive.Loopback.State;

/// <summary>What a list of members is narrowed to. Empty values and an alias id of 0 narrow nothing.</summary>
internal readonly record struct MemberFilter(
    string? PlayerId, double? AliasId, string? Identifier, PropFilter Prop, string? GroupId)
{
    public bool Admits(PlayerAlias member) =>
        (PlayerId is null || member.Player.Id.Equals(PlayerId, StringComparison.OrdinalIgnoreCase))
        && (AliasId is null or 0 || member.Id == AliasId)
        && (string.IsNullOrEmpty(Identifier) || member.Identifier.Equals(Identifier, StringComparison.OrdinalIgnoreCase))
        && Prop.Admits(member.Player.Props)
        // There are no groups here, so nobody is in the one that is asked for.
        && GroupId is null;
}
