using System;
using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Loopback.Sockets;

namespace Talo.Reactive.Loopback.State;

/// <summary>Channels as the owner of a game makes, edits and deletes them: that takes neither a player nor a membership.</summary>
/// <remarks>An <see cref="ArgumentException"/> says that nothing was changed, and why.</remarks>
internal static class DashboardChannels
{
    public static Channel Create(Change change, Game game, LoopbackChannel wanted)
    {
        if (string.IsNullOrWhiteSpace(wanted.Name))
            throw new ArgumentException("Give the channel a name.", nameof(wanted));
        var rejected = new List<RejectedProp>();
        var owner = Owner(game, wanted);
        var creation = new ChannelCreation
        {
            Name = wanted.Name.Trim(),
            Props = [.. (wanted.Props ?? new Dictionary<string, string?>()).Where(prop => prop.Value is not null).Select(prop => new Prop(prop.Key, prop.Value!))],
            Owner = owner,
            AutoCleanup = wanted.AutoCleanup ?? false,
            IsPrivate = wanted.Private ?? false,
            TemporaryMembership = wanted.TemporaryMembership ?? false,
        };
        var channel = creation.Apply(change, game, rejected) ?? throw Refused(rejected);
        if (owner is not null && channel.Add(owner))
            Broadcasts.PlayerJoined(change, channel, alias: null);
        return channel;
    }

    public static void Update(Change change, Game game, int channelId, LoopbackChannel wanted)
    {
        var rejected = new List<RejectedProp>();
        var owner = Owner(game, wanted);
        var update = new ChannelUpdate
        {
            Name = wanted.Name,
            Props = wanted.Props?.Select(prop => new PropChange(prop.Key, prop.Value)).ToList(),
            SuppliesOwner = owner is not null || wanted.WithoutOwner,
            OwnerAliasId = owner?.Id,
            AutoCleanup = wanted.AutoCleanup,
            IsPrivate = wanted.Private,
            TemporaryMembership = wanted.TemporaryMembership,
        };
        if (update.Apply(change, Find(game, channelId), rejected) is not ChannelUpdateFault.None)
            throw Refused(rejected);
    }

    public static void Delete(Change change, Game game, int channelId) => ChannelMembership.Delete(change, Find(game, channelId));

    private static Channel Find(Game game, int channelId) =>
        game.Channels.GetValueOrDefault(channelId)
        ?? throw new ArgumentException($"The game has no channel {channelId}.", nameof(channelId));

    private static PlayerAlias? Owner(Game game, LoopbackChannel wanted)
    {
        if (wanted.OwnerAliasId is not { } id)
            return null;
        if (wanted.WithoutOwner)
            throw new ArgumentException($"{nameof(wanted.OwnerAliasId)} and {nameof(wanted.WithoutOwner)} exclude each other.", nameof(wanted));
        return game.FindAlias(id) ?? throw new ArgumentException($"The game has no player alias {id}.", nameof(wanted));
    }

    private static ArgumentException Refused(List<RejectedProp> rejected) => new(rejected.Count > 0
        ? $"Not saved: {string.Join("; ", rejected.Select(prop => prop.Message))}."
        : $"Not saved: a channel's name has at most {Channel.MaxName} characters.");
}
