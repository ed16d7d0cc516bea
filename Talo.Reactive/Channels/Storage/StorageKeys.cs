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

    // Servers and proxies refuse a request whose head is longer than 8 or 16 KB.
    private const int LongestAddress = 4000;

    /// <summary>Whether the key holds a list.</summary>
    internal static bool IsList(string key) => key.EndsWith("[]", StringComparison.Ordinal);

    /// <summary>Keys that a game gave, each once.</summary>
    /// <exception cref="ArgumentException">There are none, or one is empty.</exception>
    internal static string[] Given(IEnumerable<string> keys, string name)
    {
        var given = (keys ?? throw new ArgumentNullException(name, "Name the keys.")).Distinct(StringComparer.Ordinal).ToArray();
        if (given.Length == 0) throw new ArgumentException("Name one key at least.", name);
        foreach (var key in given) Given(key, name);
        return given;
    }

    /// <summary>A key that a game gave.</summary>
    /// <exception cref="ArgumentException">It is empty, and the server has no entry without a key; or it cannot be sent.</exception>
    internal static string Given(string key, string name)
    {
        if (string.IsNullOrEmpty(key)) throw new ArgumentException("Name the key: it must not be null or empty.", name);
        OutgoingText.RequireWhole(key, name);
        return key;
    }

    /// <summary>The key of a list, which ends in <c>[]</c>.</summary>
    internal static string OfList(string key) => IsList(key) ? key : key + "[]";

    /// <summary>The keys in parts that one call may ask for: by their number, and by what an address may hold.</summary>
    internal static IEnumerable<IReadOnlyList<string>> Batches(IReadOnlyList<string> keys)
    {
        var batch = new List<string>();
        var length = 0;
        foreach (var key in keys)
        {
            var more = Uri.EscapeDataString(key).Length;
            if (batch.Count > 0 && (batch.Count == MostAtOnce || length + more > LongestAddress))
            {
                yield return batch;
                batch = [];
                length = 0;
            }

            batch.Add(key);
            length += more;
        }

        if (batch.Count > 0) yield return batch;
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
