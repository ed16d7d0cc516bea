using System.Collections.Generic;

namespace Talo.Reactive.Wire;

/// <summary>A part of a text, from one index up to another.</summary>
internal readonly record struct Stretch(int Start, int End)
{
    /// <summary>Adds a stretch that ends no earlier than those before it, as one with those that it overlaps.</summary>
    internal static void Add(ref List<Stretch>? stretches, Stretch next)
    {
        stretches ??= new List<Stretch>();
        while (stretches.Count > 0 && stretches[^1].End > next.Start)
        {
            if (stretches[^1].Start < next.Start) next = next with { Start = stretches[^1].Start };
            stretches.RemoveAt(stretches.Count - 1);
        }

        stretches.Add(next);
    }
}
