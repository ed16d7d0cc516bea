using System;
using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Channels.Storage;

/// <summary>The keys of a channel's storage.</summary>
internal static class StorageKeys
{
    /// <summary>As many as the server takes in one call.</summary>
    internal const int MostAtOnce = 50;

    /// <summary>Whether the key holds a list.</summary>
    internal static bool IsList(string key) => key.EndsWith("[]", StringComparison.Ordinal);

    /// <summary>The key of a list, which ends in <c>[]</c>.</summary>
    internal static string OfList(string key) => IsList(key) ? key : key + "[]";

    /// <summary>The keys in parts that one call may ask for.</summary>
    internal static IEnumerable<IReadOnlyList<string>> Batches(IReadOnlyList<string> keys)
    {
        for (var start = 0; start < keys.Count; start += MostAtOnce)
            yield return keys.Skip(start).Take(MostAtOnce).ToArray();
    }

    /// <summary>
    /// What an event says of each key: the rows from now on. Of a list, <c>upsertedProps</c> is the whole, and its rows in
    /// <c>deletedProps</c> are what is no longer among them; a key that is only deleted is gone.
    /// </summary>
    internal static Dictionary<string, ValueList<ChannelStorageProp>> Written(ChannelStorageUpdated update)
    {
        var written = ByKey(update.UpsertedProps);
        foreach (var prop in update.DeletedProps) written.TryAdd(prop.Key, ValueList<ChannelStorageProp>.Empty);
        return written;
    }

    /// <summary>The rows of each key, in their order; of a plain key, the last.</summary>
    internal static Dictionary<string, ValueList<ChannelStorageProp>> ByKey(IEnumerable<ChannelStorageProp> props) => props
        .GroupBy(static x => x.Key, StringComparer.Ordinal)
        .ToDictionary(
            static x => x.Key,
            static x => ValueList<ChannelStorageProp>.Owning(IsList(x.Key) ? [.. x] : [x.Last()]),
            StringComparer.Ordinal);
}
