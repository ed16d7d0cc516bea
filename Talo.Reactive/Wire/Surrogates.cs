using System;

namespace Talo.Reactive.Wire;

/// <summary>Finds halves of surrogate pairs, which UTF-16 text can hold and UTF-8 cannot.</summary>
internal static class Surrogates
{
    /// <summary>The index of the first half without its other half, from a start on; -1 when there is none.</summary>
    internal static int IndexOfLone(ReadOnlySpan<char> text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return i;
            i++;
        }

        return -1;
    }
}
