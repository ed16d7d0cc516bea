using System;
using System.Collections.Generic;
using System.Linq;

namespace Talo.Reactive.Testing;

/// <summary>Comparisons that know no test framework: a mismatch throws <see cref="ReactiveAssertException"/>, which fails a test in any.</summary>
public static class ReactiveAssert
{
    /// <summary>Demands exactly these messages at exactly these ticks.</summary>
    public static void AssertEqual<T>(this IEnumerable<Recorded<T>> actual, params Recorded<T>[] expected) =>
        AreElementsEqual(expected, actual);

    /// <summary>Demands exactly these messages at exactly these ticks.</summary>
    public static void AssertEqual<T>(this IEnumerable<Recorded<T>> actual, IEnumerable<Recorded<T>> expected) =>
        AreElementsEqual(expected, actual);

    /// <summary>Demands exactly these subscriptions.</summary>
    public static void AssertEqual(this IEnumerable<Subscription> actual, params Subscription[] expected) =>
        AreElementsEqual(expected, actual);

    /// <summary>Demands equal elements in equal order.</summary>
    /// <exception cref="ReactiveAssertException">They differ; the text shows both.</exception>
    public static void AreElementsEqual<T>(IEnumerable<T> expected, IEnumerable<T> actual)
    {
        var wanted = (expected ?? throw new ArgumentNullException(nameof(expected))).ToList();
        var seen = (actual ?? throw new ArgumentNullException(nameof(actual))).ToList();
        if (!wanted.SequenceEqual(seen)) throw new ReactiveAssertException($"Expected: {Line(wanted)}{Environment.NewLine}But was:  {Line(seen)}");
    }

    private static string Line<T>(List<T> elements) => elements.Count == 0 ? "<nothing>" : string.Join(", ", elements);
}
