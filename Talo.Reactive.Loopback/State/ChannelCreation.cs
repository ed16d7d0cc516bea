using System.Collections.Generic;

namespace Talo.Reactive.Loopback.State;

/// <summary>A channel to be, made by a player or by the owner of the game.</summary>
internal sealed record ChannelCreation
{
    public string Name { get; init; } = "";

    public IReadOnlyList<Prop> Props { get; init; } = [];

    public PlayerAlias? Owner { get; init; }

    public bool AutoCleanup { get; init; }

    public bool IsPrivate { get; init; }

    public bool TemporaryMembership { get; init; }

    /// <summary>The channel, without members; null where its name is too long for it. Only with props that were accepted.</summary>
    public Channel? Apply(Change change, Game game, List<RejectedProp> rejected)
    {
        var props = PropRules.ForCreation(Props, rejected);
        if (rejected.Count > 0 || Name.Length > Channel.MaxName)
            return null;

        var channel = change.Store(new Channel(change.World.NextChannelId(), game, Name, change.Now)
        {
            Owner = Owner,
            Props = props,
            AutoCleanup = AutoCleanup,
            IsPrivate = IsPrivate,
            TemporaryMembership = TemporaryMembership,
        });
        game.Channels.Add(channel.Id, channel);
        return channel;
    }
}
