using System.Collections.Generic;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>One page of a list that the server hands out in pages. Immutable, compared by value.</summary>
/// <typeparam name="T">What the list is of.</typeparam>
public sealed record Page<T>
{
    private readonly ValueList<T> _items = ValueList<T>.Empty;

    /// <summary>An empty page, for an object initialiser.</summary>
    public Page()
    {
    }

    /// <summary>A page with everything in it.</summary>
    public Page(IReadOnlyList<T> items, int count, int itemsPerPage, bool isLastPage)
    {
        Items = items;
        Count = count;
        ItemsPerPage = itemsPerPage;
        IsLastPage = isLastPage;
    }

    /// <summary>What is on this page, in the server's order. Never null.</summary>
    public IReadOnlyList<T> Items
    {
        get => _items;
        init => _items = ValueList<T>.Of(value);
    }

    /// <summary>How many there are on all pages together.</summary>
    public int Count { get; init; }

    /// <summary>How many a full page has.</summary>
    public int ItemsPerPage { get; init; }

    /// <summary>Whether no page follows.</summary>
    public bool IsLastPage { get; init; } = true;

    /// <inheritdoc/>
    public override string ToString() => $"{Items.Count} of {Count} item(s){(IsLastPage ? ", last page" : "")}";
}
