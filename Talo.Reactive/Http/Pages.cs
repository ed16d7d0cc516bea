using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Http;

/// <summary>A list of the server, page by page: the next page is asked for when the game has used up the last one.</summary>
internal static class Pages
{
    /// <summary>Half a million items where the server hands out 50 at once: no list of Talo comes near it.</summary>
    internal const int Most = 10_000;

    /// <summary>Gives the items of one page after the other.</summary>
    /// <param name="page">Asks for a page by its number; the first is 0.</param>
    /// <param name="cancellation">Gives the walk up.</param>
    internal static async IAsyncEnumerable<T> Walk<T>(
        Func<int, CancellationToken, Task<Page<T>>> page, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var number = 0; number < Most; number++)
        {
            var current = await page(number, cancellation).ConfigureAwait(false);
            foreach (var item in current.Items) yield return item;
            // A page past the end is empty: a server that never says "last" does not keep anybody for ever.
            if (current.IsLastPage || current.Items.Count == 0) yield break;
        }

        throw new TaloException($"The server said of {Most} pages that another one follows, so the list was given up: ask for its pages one by one.");
    }
}
