using Talo.Reactive.Loopback.Sockets;

namespace Talo.Reactive.Loopback.State;

/// <summary>The one way in which a presence changes: by socket identify, by socket close, by the HTTP call.</summary>
internal static class PresenceUpdates
{
    public static Presence Apply(
        Change change, PlayerAlias alias, bool? online, string? customStatus, bool withAuth = false)
    {
        var presence = alias.Player.Presence ??= new Presence(change.Now);
        var changed = presence.Update(alias, online, customStatus);
        change.Store(presence);
        if (!presence.Online)
            ChannelMembership.LeaveTemporary(change, alias);
        // Those who are told of the leaving see who is offline, but not yet since when.
        presence.Stamp(change.Now);
        Broadcasts.PresenceUpdated(change, alias.Player.Game, presence, changed, withAuth);
        return presence;
    }
}
