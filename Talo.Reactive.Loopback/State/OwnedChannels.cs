using System;
using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Loopback.Sockets;

namespace Talo.Reactive.Loopback.State;

/// <summary>Channels as the owner of a game makes, edits and deletes them, which takes no membership.</summary>
internal static class OwnedChannels
{
    public static Channel Create(Change change, Game game, LoopbackChannel wanted)
    {
        var owner = OwnerOf(game, wanted);
        var rejected = new List<RejectedProp>();
        var props = PropMerge.Apply([], Props(wanted) ?? [], rejected);
        Demand(rejected, wanted.Name);
        var channel = change.Store(new Channel(change.World.NextChannelId(), game, wanted.Name ?? "", change.Now)
        {
            Owner = owner,
            Props = props,
            AutoCleanup = wanted.AutoCleanup ?? false,
            IsPrivate = wanted.Private ?? false,
            TemporaryMembership = wanted.TemporaryMembership ?? false,
        });
        game.Channels.Add(channel.Id, channel);
        if (owner is not null)
        {
            channel.Add(owner);
            // Unlike a channel that a player makes, this one does not say who joined.
            Broadcasts.PlayerJoined(change, channel, alias: null);
        }
        return channel;
    }

    public static void Update(Change change, Game game, int channelId, LoopbackChannel wanted)
    {
        var channel = Find(game, channelId);
        OwnerOf(game, wanted);
        var rejected = new List<RejectedProp>();
        var update = new ChannelUpdate
        {
            Name = wanted.Name,
            Props = Props(wanted),
            SuppliesOwner = wanted.OwnerAliasId is not null,
            OwnerAliasId = wanted.OwnerAliasId is > 0 ? wanted.OwnerAliasId : null,
            AutoCleanup = wanted.AutoCleanup,
            IsPrivate = wanted.Private,
            TemporaryMembership = wanted.TemporaryMembership,
        };
        if (update.Apply(change, channel, rejected) is not ChannelUpdateFault.None)
            Demand(rejected, wanted.Name);
    }

    public static void Delete(Change change, Game game, int channelId) =>
        ChannelMembership.Delete(change, Find(game, channelId));

    private static Channel Find(Game game, int channelId) =>
        game.Channels.TryGetValue(channelId, out var channel)
            ? channel
            : throw new ArgumentException($"The game has no channel {channelId}.", nameof(channelId));

    private static PlayerAlias? OwnerOf(Game game, LoopbackChannel wanted) => wanted.OwnerAliasId switch
    {
        null or 0 => null,
        { } id => game.FindAlias(id) ?? throw new ArgumentException($"The game has no player alias {id}.", nameof(wanted)),
    };

    private static List<PropChange>? Props(LoopbackChannel wanted) =>
        wanted.Props?.Select(prop => new PropChange(prop.Key, prop.Value)).ToList();

    private static void Demand(List<RejectedProp> rejected, string? name)
    {
        if (rejected.Count > 0)
            throw new ArgumentException(string.Join(" ", rejected.Select(prop => prop.Message + ".")), nameof(rejected));
        if (name?.Trim().Length > Channel.MaxName)
            throw new ArgumentException($"A channel's name has at most {Channel.MaxName} characters.", nameof(name));
    }
}
