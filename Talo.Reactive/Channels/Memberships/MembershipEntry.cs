using System;
using System.Collections.Generic;
using System.Reactive.Disposables;

namespace Talo.Reactive.Channels.Memberships;

/// <summary>One channel's membership, and what runs for it. Used inside turns.</summary>
internal sealed class MembershipEntry(int channelId, int alias)
{
    internal int ChannelId { get; } = channelId;

    /// <summary>Whose membership it is.</summary>
    internal int Alias { get; } = alias;

    /// <summary>Its place among those that only the server told of; null where the game asked for it.</summary>
    internal LinkedListNode<MembershipEntry>? Heard { get; set; }

    internal Membership State { get; set; } = Membership.None;

    internal List<JoinedObserver> Observers { get; } = [];

    /// <summary>The last that observers were told, for one that comes later.</summary>
    internal Channel? Told { get; set; }

    /// <summary>The client's own call, or the wait before its next try.</summary>
    internal IDisposable Work { get; set; } = Disposable.Empty;

    /// <summary>The wait after the last observer.</summary>
    internal IDisposable Grace { get; set; } = Disposable.Empty;

    /// <summary>Forgets the observers.</summary>
    /// <returns>Who they were.</returns>
    internal JoinedObserver[] Release()
    {
        JoinedObserver[] observers = [.. Observers];
        Observers.Clear();
        Told = null;
        return observers;
    }
}
