using System.Collections.Generic;
using Talo.Reactive.Loopback.Sockets;

namespace Talo.Reactive.Loopback.State;

/// <summary>A change of a channel's own data. Null members were not supplied.</summary>
internal sealed record ChannelUpdate
{
    /// <summary>A blank name counts as not supplied.</summary>
    public string? Name { get; init; }

    public IReadOnlyList<PropChange>? Props { get; init; }

    public bool SuppliesOwner { get; init; }

    /// <summary>The alias that is to own the channel; null for nobody. It counts only if <see cref="SuppliesOwner"/>.</summary>
    public double? OwnerAliasId { get; init; }

    public bool? AutoCleanup { get; init; }

    public bool? IsPrivate { get; init; }

    public bool? TemporaryMembership { get; init; }

    /// <summary>All of it or nothing: after a fault the channel is as it was and nobody has heard of it.</summary>
    public ChannelUpdateFault Apply(Change change, Channel channel, List<RejectedProp> rejected)
    {
        var name = string.IsNullOrWhiteSpace(Name) ? null : Name.Trim();
        var props = Props is null ? channel.Props : PropMerge.Apply(channel.Props, Props, rejected);
        var owner = SuppliesOwner ? Owner(channel) : channel.Owner;
        if (rejected.Count > 0)
            return ChannelUpdateFault.PropsRejected;
        if (SuppliesOwner && OwnerAliasId is not null && owner is null)
            return ChannelUpdateFault.OwnerNotFound;
        if (name?.Length > Channel.MaxName)
            return ChannelUpdateFault.NameTooLong;

        var before = Columns(channel);
        channel.Name = name ?? channel.Name;
        channel.Props = props;
        channel.Owner = owner;
        if (SuppliesOwner && owner is not null)
        {
            channel.Add(owner);
            Broadcasts.OwnershipTransferred(change, channel, owner);
        }
        channel.AutoCleanup = AutoCleanup ?? channel.AutoCleanup;
        channel.IsPrivate = IsPrivate ?? channel.IsPrivate;
        channel.TemporaryMembership = TemporaryMembership ?? channel.TemporaryMembership;
        var supplied = Supplied(name);
        if (supplied is not ([] or ["ownerAliasId"]))
            Broadcasts.ChannelUpdated(change, channel, supplied);
        // The events still carry the old time. Props are no part of the channel's row, whose change it tells.
        if (Columns(channel) != before)
            channel.UpdatedAt = change.Now;
        change.Store(channel);
        return ChannelUpdateFault.None;
    }

    private PlayerAlias? Owner(Channel channel) => OwnerAliasId is { } id ? channel.Game.FindAlias(id) : null;

    private List<string> Supplied(string? name)
    {
        var names = new List<string>();
        AddIf(name is not null, "name");
        AddIf(Props is not null, "props");
        AddIf(SuppliesOwner, "ownerAliasId");
        AddIf(AutoCleanup is not null, "autoCleanup");
        AddIf(IsPrivate is not null, "private");
        AddIf(TemporaryMembership is not null, "temporaryMembership");
        return names;

        void AddIf(bool isSupplied, string member)
        {
            if (isSupplied)
                names.Add(member);
        }
    }

    private static (string, PlayerAlias?, bool, bool, bool) Columns(Channel channel) =>
        (channel.Name, channel.Owner, channel.AutoCleanup, channel.IsPrivate, channel.TemporaryMembership);
}

internal enum ChannelUpdateFault
{
    None,
    PropsRejected,
    OwnerNotFound,
    NameTooLong,
}
