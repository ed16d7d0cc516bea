using System;
using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Channels.Storage;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>What some keys of a channel's storage hold at one time. Never changes.</summary>
/// <remarks>
/// Two are equal when the same keys of the same channel hold the same values, lists in the same order. Who wrote them and when is
/// not compared: the server tells times differently in answers and in events.
/// </remarks>
public sealed class ChannelStorage : IEquatable<ChannelStorage>
{
    private readonly Dictionary<string, ValueList<ChannelStorageProp>> rows;
    private readonly ValueList<ChannelStorageProp> props;

    /// <summary>Makes one, for a fake in a game's test.</summary>
    /// <param name="channelId">The channel's id.</param>
    /// <param name="props">The entries; of a key that ends in <c>[]</c>, one for each value of its list.</param>
    /// <exception cref="ArgumentNullException">There are no props: an empty list means an empty storage.</exception>
    public ChannelStorage(int channelId, IEnumerable<ChannelStorageProp> props)
    {
        ChannelId = channelId;
        rows = StorageKeys.ByKey(props ?? throw new ArgumentNullException(nameof(props), "Give the entries; an empty list for none."));
        this.props = ValueList<ChannelStorageProp>.Owning([.. rows.Values.SelectMany(static x => x)]);
    }

    /// <summary>The channel's id.</summary>
    public int ChannelId { get; }

    /// <summary>The entries that are there, in the order of the keys; a list has one for each value. Never null.</summary>
    public IReadOnlyList<ChannelStorageProp> Props => props;

    /// <summary>The value of a key; null when it is not there. Of a list, its first value.</summary>
    public string? this[string key] => Find(key)?.Value;

    /// <summary>Whether the key is there.</summary>
    public bool Contains(string key) => rows.ContainsKey(Given(key));

    /// <summary>The entry of a key, with who wrote it; null when it is not there. Of a list, its first value's.</summary>
    public ChannelStorageProp? Find(string key) => rows.TryGetValue(Given(key), out var found) ? found[0] : null;

    /// <summary>The values of a list, oldest first; empty when it is not there.</summary>
    /// <param name="key">The key, with or without the <c>[]</c> that lists end in.</param>
    public IReadOnlyList<string> Array(string key) => rows.TryGetValue(StorageKeys.OfList(Given(key)), out var found)
        ? ValueList<string>.Owning([.. found.Select(static x => x.Value)])
        : ValueList<string>.Empty;

    /// <inheritdoc/>
    public bool Equals(ChannelStorage? other) =>
        other is not null
        && (ReferenceEquals(this, other)
            || (ChannelId == other.ChannelId
                && rows.Count == other.rows.Count
                && rows.All(x => other.rows.TryGetValue(x.Key, out var theirs) && SameValues(x.Value, theirs))));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ChannelStorage);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        // The order of the keys does not count.
        rows.Aggregate(
            HashCode.Combine(ChannelId, rows.Count),
            static (sum, x) => unchecked(sum + HashCode.Combine(x.Key, x.Value.Count, x.Value[0].Value)));

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape(
        $"channel {ChannelId}: " + (rows.Count == 0 ? "empty" : string.Join(", ", rows.Select(static x => Text(x.Key, x.Value)))));

    private static string Text(string key, ValueList<ChannelStorageProp> values) =>
        StorageKeys.IsList(key) ? $"{key}={string.Join("|", values.Select(static x => x.Value))}" : $"{key}={values[0].Value}";

    private static string Given(string key) => key ?? throw new ArgumentNullException(nameof(key), "Name the key.");

    private static bool SameValues(ValueList<ChannelStorageProp> ours, ValueList<ChannelStorageProp> theirs) =>
        ours.Count == theirs.Count && ours.Zip(theirs, static (x, y) => x.Value == y.Value).All(static x => x);
}
