using System;
using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Channels.Storage;

/// <summary>
/// The watched part of one channel's storage, merged from answers to questions and from the events of writes, key by key:
/// at rest it is the server's. Times are never compared: the server rounds them in one and not in the other.
/// </summary>
internal sealed class StorageMerge
{
    private readonly Dictionary<string, StoredKey> keys = new(StringComparer.Ordinal);

    /// <summary>Those of the keys that are not known and not asked for either.</summary>
    internal IEnumerable<string> Missing(IEnumerable<string> wanted) =>
        wanted.Where(key => !keys.TryGetValue(key, out var stored) || stored.IsMissing);

    /// <summary>A question was asked; a later one of the same key replaces it.</summary>
    internal void Asked(object question, IEnumerable<string> asked)
    {
        foreach (var key in asked) keys[key] = keys.GetValueOrDefault(key, StoredKey.Unknown).Asked(question);
    }

    /// <summary>A question was answered. What it asked for and did not get is not there.</summary>
    internal void Answered(object question, IEnumerable<string> asked, IEnumerable<ChannelStorageProp> found)
    {
        // Only what was asked for: the server also finds keys that differ in case.
        var rows = StorageKeys.ByKey(found);
        foreach (var key in asked)
        {
            if (keys.TryGetValue(key, out var stored))
                keys[key] = stored.Answered(question, rows.GetValueOrDefault(key, ValueList<ChannelStorageProp>.Empty));
        }
    }

    /// <summary>Somebody wrote, this client or another.</summary>
    /// <returns>Whether a watched key is among what was written.</returns>
    internal bool Written(ChannelStorageUpdated update)
    {
        var any = false;
        foreach (var (key, rows) in StorageKeys.Written(update))
        {
            if (!keys.TryGetValue(key, out var stored)) continue;
            keys[key] = stored.Written(rows);
            any = true;
        }

        return any;
    }

    /// <summary>The link ended, and events with it: every open question has to be asked again.</summary>
    internal void Lost()
    {
        foreach (var key in keys.Keys.ToArray()) keys[key] = keys[key].Lost();
    }

    /// <summary>Nobody watches these any more.</summary>
    internal void Forget(IEnumerable<string> left)
    {
        foreach (var key in left) keys.Remove(key);
    }

    /// <summary>The rows of some keys; null while one of them is not known.</summary>
    internal ChannelStorage? Read(int channelId, IReadOnlyList<string> watched)
    {
        var props = new List<ChannelStorageProp>();
        foreach (var key in watched)
        {
            if (!keys.TryGetValue(key, out var stored) || stored.Rows is not { } rows) return null;
            props.AddRange(rows);
        }

        return new ChannelStorage(channelId, props);
    }
}
