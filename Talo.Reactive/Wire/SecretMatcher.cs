using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Talo.Reactive.Wire;

/// <summary>Finds any of many texts in one pass, however many there are. Immutable.</summary>
/// <remarks>
/// Four characters make one 64-bit key. A bit table answers "no text begins so" for nearly every place of an ordinary
/// text, without a look-up and without allocating.
/// </remarks>
internal sealed class SecretMatcher
{
    private const string Mask = "***";
    private const int KeyLength = 4;
    private const int WordBits = 6;

    // Some two hundred bytes serve the few secrets of most clients; the larger table serves as many as are kept.
    private const int SmallTableBits = 11;
    private const int LargeTableBits = 14;
    private const int MostInSmallTable = 64;
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    private readonly int _tableBits;
    private readonly ulong[] _table;
    private readonly Dictionary<ulong, string[]> _longestFirst;

    /// <param name="texts">What to find; each of at least four characters.</param>
    internal SecretMatcher(IEnumerable<string> texts)
    {
        _longestFirst = texts
            .GroupBy(KeyOf)
            .ToDictionary(static g => g.Key, static g => g.OrderByDescending(static t => t.Length).ToArray());
        _tableBits = _longestFirst.Count > MostInSmallTable ? LargeTableBits : SmallTableBits;
        _table = new ulong[1 << (_tableBits - WordBits)];
        foreach (var key in _longestFirst.Keys) _table[WordOf(key)] |= BitOf(key);
    }

    internal static SecretMatcher Empty { get; } = new(Array.Empty<string>());

    /// <summary>The text with a mask for each match; matches that overlap share one, so that no part of any is left.</summary>
    internal string Redact(string text)
    {
        if (_longestFirst.Count == 0 || !TryFind(text, 0, out var start, out var end)) return text;

        var redacted = new StringBuilder(text.Length);
        var copied = 0;
        do
        {
            var next = start + 1;
            while (TryFind(text, next, out var inner, out var innerEnd) && inner < end)
            {
                end = Math.Max(end, innerEnd);
                next = inner + 1;
            }

            redacted.Append(text, copied, start - copied).Append(Mask);
            copied = end;
        }
        while (TryFind(text, copied, out start, out end));

        return redacted.Append(text, copied, text.Length - copied).ToString();
    }

    private static ulong KeyOf(string text)
    {
        var key = 0UL;
        for (var i = 0; i < KeyLength; i++) key = (key << 16) | text[i];
        return key;
    }

    private ulong Spread(ulong key) => (key * GoldenRatio) >> (64 - _tableBits);

    private int WordOf(ulong key) => (int)(Spread(key) >> WordBits);

    private ulong BitOf(ulong key) => 1UL << (int)(Spread(key) & ((1 << WordBits) - 1));

    private bool TryFind(string text, int from, out int start, out int end)
    {
        var key = 0UL;
        for (var i = from; i < text.Length; i++)
        {
            key = (key << 16) | text[i];
            start = i - KeyLength + 1;
            if (start < from || (_table[WordOf(key)] & BitOf(key)) == 0) continue;
            if (!_longestFirst.TryGetValue(key, out var candidates)) continue;

            foreach (var candidate in candidates)
            {
                if (string.CompareOrdinal(text, start, candidate, 0, candidate.Length) != 0) continue;
                end = start + candidate.Length;
                return true;
            }
        }

        start = end = text.Length;
        return false;
    }
}
