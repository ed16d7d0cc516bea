using System;
using System.Collections.Generic;

namespace Talo.Reactive.Wire;

/// <summary>Finds any of many texts in one pass, in time linear in what is read, whatever stands in it. Immutable.</summary>
/// <remarks>
/// The automaton of Aho and Corasick, behind a table of bits: four characters make one 64-bit key, and the table answers "no text
/// begins so" for nearly every place of an ordinary text, without a look-up. A plus and a space count as the same: in an address one
/// stands for the other.
/// </remarks>
internal sealed class SecretMatcher
{
    /// <summary>The shortest text that can be found.</summary>
    internal const int KeyLength = 4;

    private const int Root = 0;
    private const int WordBits = 6;

    // Some two hundred bytes serve the few secrets of most clients; the larger table serves as many as are kept.
    private const int SmallTableBits = 11;
    private const int LargeTableBits = 14;
    private const int MostInSmallTable = 64;
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    private readonly int _tableBits;
    private readonly ulong[] _table;
    private readonly Dictionary<long, int> _next;

    // For each state: where to go on when no text goes on from here, and the longest text that ends here.
    private readonly int[] _fallback;
    private readonly int[] _matched;

    /// <param name="texts">What to find; each of at least four characters.</param>
    internal SecretMatcher(IReadOnlyCollection<string> texts)
    {
        var characters = 0;
        foreach (var text in texts) characters += text.Length;
        _tableBits = texts.Count > MostInSmallTable ? LargeTableBits : SmallTableBits;
        _table = new ulong[1 << (_tableBits - WordBits)];
        _next = new Dictionary<long, int>(characters);
        _fallback = new int[characters + 1];
        _matched = new int[characters + 1];

        var parents = new List<(int State, char Character)>(characters + 1) { default };
        foreach (var text in texts) Add(text, parents);
        Order(parents);
    }

    /// <summary>Whether there is nothing to find.</summary>
    internal bool IsEmpty => _next.Count == 0;

    /// <summary>Adds where the texts stand: in order of their ends, those that overlap as one.</summary>
    internal void Find(ReadOnlySpan<char> text, ref List<Stretch>? found)
    {
        var key = 0UL;
        var inKey = 0;
        for (var i = 0; i < text.Length;)
        {
            key = (key << 16) | Folded(text[i++]);
            if (++inKey < KeyLength || (_table[WordOf(key)] & BitOf(key)) == 0) continue;
            i = Follow(text, i - KeyLength, ref found);
            inKey = 0;
        }
    }

    /// <summary>Runs the automaton until it is back where it began, and says where that is.</summary>
    private int Follow(ReadOnlySpan<char> text, int at, ref List<Stretch>? found)
    {
        var state = Root;
        do
        {
            state = Step(state, Folded(text[at++]));
            if (_matched[state] > 0) Stretch.Add(ref found, new Stretch(at - _matched[state], at));
        }
        while (state != Root && at < text.Length);
        return at;
    }

    private int Step(int state, char c)
    {
        int next;
        while (!_next.TryGetValue(EdgeOf(state, c), out next) && state != Root) state = _fallback[state];
        return next;
    }

    private void Add(string text, List<(int State, char Character)> parents)
    {
        var state = Root;
        var key = 0UL;
        for (var i = 0; i < text.Length; i++)
        {
            var c = Folded(text[i]);
            if (i < KeyLength) key = (key << 16) | c;
            if (!_next.TryGetValue(EdgeOf(state, c), out var next))
            {
                next = parents.Count;
                parents.Add((state, c));
                _next.Add(EdgeOf(state, c), next);
            }

            state = next;
        }

        _matched[state] = text.Length;
        _table[WordOf(key)] |= BitOf(key);
    }

    /// <summary>Gives each state its fallback, the shorter ones first: a fallback is always shorter than the state.</summary>
    private void Order(List<(int State, char Character)> parents)
    {
        var depths = new int[parents.Count];
        var states = new int[parents.Count];
        for (var state = 1; state < states.Length; state++)
        {
            depths[state] = depths[parents[state].State] + 1;
            states[state] = state;
        }

        Array.Sort(depths, states);
        foreach (var state in states)
        {
            var (parent, c) = parents[state];
            if (parent == Root) continue;
            _fallback[state] = Step(_fallback[parent], c);
            if (_matched[state] == 0) _matched[state] = _matched[_fallback[state]];
        }
    }

    private static char Folded(char c) => c == '+' ? ' ' : c;

    private static long EdgeOf(int state, char c) => ((long)state << 16) | c;

    private ulong Spread(ulong key) => (key * GoldenRatio) >> (64 - _tableBits);

    private int WordOf(ulong key) => (int)(Spread(key) >> WordBits);

    private ulong BitOf(ulong key) => 1UL << (int)(Spread(key) & ((1 << WordBits) - 1));
}
