using System;
using System.Collections;
using System.Collections.Generic;

namespace Talo.Reactive.Wire;

/// <summary>The newest of the secrets of one kind, bounded in number and in size.</summary>
internal sealed class SecretBook(int maxCount, int maxCharacters) : IEnumerable<string>
{
    private readonly LinkedList<string> _oldestFirst = new();
    private readonly Dictionary<string, LinkedListNode<string>> _places = new(StringComparer.Ordinal);
    private int _characters;

    internal bool Contains(string secret) => _places.ContainsKey(secret);

    /// <summary>Adds a secret that is not in the book; says whether others were forgotten for it.</summary>
    internal bool Add(string secret)
    {
        _places.Add(secret, _oldestFirst.AddLast(secret));
        _characters += secret.Length;
        var hasForgotten = false;
        while (_oldestFirst.Count > 1 && (_oldestFirst.Count > maxCount || _characters > maxCharacters))
        {
            Remove(_oldestFirst.First!.Value);
            hasForgotten = true;
        }

        return hasForgotten;
    }

    internal bool Remove(string secret)
    {
        if (!_places.Remove(secret, out var place)) return false;
        _oldestFirst.Remove(place);
        _characters -= secret.Length;
        return true;
    }

    public IEnumerator<string> GetEnumerator() => _oldestFirst.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
