using System.Linq;
using Talo.Reactive.Loopback.Sockets;

namespace Talo.Reactive.Loopback.State;

/// <summary>Joining, leaving and what follows from them.</summary>
internal static class ChannelMembership
{
    public static void Join(Change change, Channel channel, PlayerAlias alias)
    {
        if (channel.Add(alias))
            Broadcasts.PlayerJoined(change, channel, alias);
    }

    public static void Leave(Change change, Channel channel, PlayerAlias alias, LeaveReason reason)
    {
        if (!channel.Has(alias))
            return;
        Broadcasts.PlayerLeft(change, channel, alias, reason);
        var isOwner = channel.Owner == alias;
        if (channel.AutoCleanup && (isOwner || channel.Members.Count <= 1))
        {
            Delete(change, channel);
            return;
        }
        channel.Remove(alias);
        if (isOwner)
        {
            channel.Owner = null;
            channel.UpdatedAt = change.Now;
            change.Store(channel);
        }
    }

    public static void LeaveTemporary(Change change, PlayerAlias alias)
    {
        var temporary = alias.Player.Game.Channels.Values.Where(channel => channel.TemporaryMembership && channel.Has(alias));
        foreach (var channel in temporary.ToList())
            Leave(change, channel, alias, LeaveReason.TemporaryMembership);
    }

    public static void Delete(Change change, Channel channel)
    {
        Broadcasts.ChannelDeleted(change, channel);
        channel.Game.Channels.Remove(channel.Id);
    }
}
