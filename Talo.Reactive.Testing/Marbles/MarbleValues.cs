using System;
using System.Collections.Generic;
using System.Linq;

namespace Talo.Reactive.Testing;

/// <summary>What the letters of a diagram stand for, looked up one way or the other.</summary>
internal static class MarbleValues
{
    internal static Func<char, T> Lookup<T>(IEnumerable<(char Symbol, T Value)> values)
    {
        var known = values.ToDictionary(static pair => pair.Symbol, static pair => pair.Value);
        return symbol => known.TryGetValue(symbol, out var value)
            ? value
            : throw new ArgumentException($"The diagram has a '{symbol}', and no value is given for it. Given: {List(known.Keys)}.", nameof(values));
    }

    /// <summary>The way back: the letter of a value.</summary>
    internal static Func<T, char> Symbols<T>(IEnumerable<(char Symbol, T Value)> values)
    {
        var known = values.ToList();
        return value =>
        {
            foreach (var pair in known)
            {
                if (EqualityComparer<T>.Default.Equals(pair.Value, value)) return pair.Symbol;
            }

            throw new ArgumentException($"'{value}' was observed, and no letter is given for it. Given: {List(known.Select(static pair => pair.Symbol))}.", nameof(values));
        };
    }

    internal static IEnumerable<(char Symbol, T Value)> Pairs<T>(IReadOnlyDictionary<char, T> values) =>
        (values ?? throw new ArgumentNullException(nameof(values))).Select(static pair => (pair.Key, pair.Value));

    private static string List(IEnumerable<char> symbols)
    {
        var text = string.Join(", ", symbols);
        return text.Length == 0 ? "none" : text;
    }
}
