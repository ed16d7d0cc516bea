using System;
using System.Collections.Generic;
using System.Linq;

namespace Talo.Reactive.Players;

/// <summary>Changes to props: the last word on each key. Immutable, and pure.</summary>
internal sealed class PropChanges
{
    internal static readonly PropChanges None = new([]);

    /// <summary>The values of each key that changes; none to delete it.</summary>
    private readonly KeyValuePair<string, string[]>[] changes;

    private PropChanges(KeyValuePair<string, string[]>[] changes) => this.changes = changes;

    internal bool IsEmpty => changes.Length == 0;

    internal IEnumerable<string> Keys => changes.Select(static x => x.Key);

    /// <summary>A key of the kind of which a player has several values.</summary>
    internal static bool IsArray(string key) => key.EndsWith("[]", StringComparison.Ordinal);

    /// <summary>What the server makes of a list of props: the first value of a key counts, all of an array's.</summary>
    internal static PropChanges Of(IEnumerable<Prop> props) => new(
    [
        .. props.GroupBy(static x => x.Key, StringComparer.Ordinal).Select(static key => Entry(
            key.Key,
            (IsArray(key.Key) ? key : key.Take(1)).Where(static x => x.Value is not null).Select(static x => x.Value!)))
    ]);

    /// <summary>One key with its value, or its values, or none to delete it.</summary>
    internal static PropChanges Of(string key, IEnumerable<string> values) => new([Entry(key, values)]);

    /// <summary>These, and then the newer ones.</summary>
    internal PropChanges Then(PropChanges newer)
    {
        if (IsEmpty || newer.IsEmpty) return IsEmpty ? newer : this;
        return new PropChanges([.. changes.Where(x => !newer.Has(x.Key)), .. newer.changes]);
    }

    /// <summary>The props with these changes, as the server merges them: new before kept, arrays last.</summary>
    internal IReadOnlyList<Prop> ApplyTo(IReadOnlyList<Prop> props)
    {
        if (IsEmpty) return props;
        var changed = ToProps().Where(static x => x.Value is not null).ToList();
        var kept = props.Where(x => !Has(x.Key)).ToList();
        return
        [
            .. changed.Where(static x => !IsArray(x.Key)),
            .. kept.Where(static x => !IsArray(x.Key)),
            .. changed.Where(static x => IsArray(x.Key)),
            .. kept.Where(static x => IsArray(x.Key)),
        ];
    }

    /// <summary>As a request has them: a null value deletes.</summary>
    internal IEnumerable<Prop> ToProps() => changes.SelectMany(static change => change.Value.Length == 0
        ? [new Prop(change.Key, null)]
        : change.Value.Select(value => new Prop(change.Key, value)));

    private static KeyValuePair<string, string[]> Entry(string key, IEnumerable<string> values) =>
        new(key, values.Distinct(StringComparer.Ordinal).ToArray());

    private bool Has(string key) => Array.Exists(changes, x => string.Equals(x.Key, key, StringComparison.Ordinal));
}
