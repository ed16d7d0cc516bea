using System;
using System.Text;

namespace Talo.Reactive.Wire;

/// <summary>From the bytes of <c>res</c> to a known kind, or to its one string.</summary>
internal static class ResTable
{
    private static readonly string[] Names = Ordered();

    // At most three names share a length, so a look-up is at most three comparisons, whatever the server sends.
    private static readonly Entry[]?[] ByLength = GroupByLength(Names);

    internal static bool TryGet(ReadOnlySpan<byte> res, out int kind)
    {
        kind = -1;
        if (res.Length >= ByLength.Length || ByLength[res.Length] is not { } candidates) return false;

        foreach (var candidate in candidates)
        {
            if (!res.SequenceEqual(candidate.Utf8)) continue;
            kind = candidate.Kind;
            return true;
        }

        return false;
    }

    /// <summary>The constant of a known name; a new string for any other.</summary>
    internal static string Name(ReadOnlySpan<byte> res) => TryGet(res, out var kind) ? Names[kind] : Encoding.UTF8.GetString(res);

    /// <summary>The name of a kind below <see cref="ResKind.Count"/>.</summary>
    internal static string Name(int kind) => Names[kind];

    private static string[] Ordered()
    {
        var names = new string[ResKind.Count];
        names[ResKind.Connected] = Responses.Connected;
        names[ResKind.Error] = Responses.Error;
        names[ResKind.IdentifySuccess] = Responses.IdentifySuccess;
        names[ResKind.PresenceUpdated] = Responses.PresenceUpdated;
        names[ResKind.ChannelsMessage] = Responses.ChannelsMessage;
        names[ResKind.ChannelsPlayerJoined] = Responses.ChannelsPlayerJoined;
        names[ResKind.ChannelsPlayerLeft] = Responses.ChannelsPlayerLeft;
        names[ResKind.ChannelsDeleted] = Responses.ChannelsDeleted;
        names[ResKind.ChannelsOwnershipTransferred] = Responses.ChannelsOwnershipTransferred;
        names[ResKind.ChannelsUpdated] = Responses.ChannelsUpdated;
        names[ResKind.ChannelsStorageUpdated] = Responses.ChannelsStorageUpdated;
        names[ResKind.LiveConfigUpdated] = Responses.LiveConfigUpdated;
        names[ResKind.Broadcast] = Responses.Broadcast;
        names[ResKind.SubscriptionCreated] = Responses.SubscriptionCreated;
        names[ResKind.SubscriptionConfirmed] = Responses.SubscriptionConfirmed;
        names[ResKind.SubscriptionDeleted] = Responses.SubscriptionDeleted;
        return names;
    }

    private static Entry[]?[] GroupByLength(string[] names)
    {
        var longest = 0;
        foreach (var name in names) longest = Math.Max(longest, name.Length);

        var groups = new Entry[]?[longest + 1];
        for (var kind = 0; kind < names.Length; kind++)
        {
            var group = groups[names[kind].Length] ?? Array.Empty<Entry>();
            Array.Resize(ref group, group.Length + 1);
            group[^1] = new Entry(kind, Encoding.ASCII.GetBytes(names[kind]));
            groups[names[kind].Length] = group;
        }

        return groups;
    }

    private readonly struct Entry(int kind, byte[] utf8)
    {
        internal int Kind { get; } = kind;

        internal byte[] Utf8 { get; } = utf8;
    }
}
