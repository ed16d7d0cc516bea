using System;
using System.Collections;
using System.Collections.Generic;

namespace Talo.Reactive.Wire;

/// <summary>An immutable list, equal to another with equal elements: what lets a record with lists compare by value.</summary>
internal sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    internal static readonly ValueList<T> Empty = new(Array.Empty<T>());

    private readonly T[] _items;

    private ValueList(T[] items) => _items = items;

    public int Count => _items.Length;

    public T this[int index] => _items[index];

    /// <summary>A copy of the list, or the list itself when it is one of these; empty for null.</summary>
    internal static ValueList<T> Of(IReadOnlyList<T>? items)
    {
        if (items is ValueList<T> already) return already;
        if (items is null || items.Count == 0) return Empty;

        var copy = new T[items.Count];
        for (var i = 0; i < copy.Length; i++) copy[i] = items[i];
        return new ValueList<T>(copy);
    }

    /// <summary>A list over the array, which nobody may change any more.</summary>
    internal static ValueList<T> Owning(T[] items) => new(items);

    public bool Equals(ValueList<T>? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || other.Count != Count) return false;
        for (var i = 0; i < _items.Length; i++)
        {
            if (!EqualityComparer<T>.Default.Equals(_items[i], other._items[i])) return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in _items) hash.Add(item);
        return hash.ToHashCode();
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    public override string ToString() => $"{Count} item(s)";
}
