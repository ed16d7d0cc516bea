using System;
using System.Collections.Generic;
using System.Linq;

namespace Talo.Reactive.Wire;

/// <summary>
/// Takes secrets out of texts by their value, wherever they stand: the server repeats tokens in error causes, and logs
/// and exception texts travel. Thread-safe; reading takes no lock, but where a secret has come since the last time.
/// </summary>
internal sealed class Redactor
{
    /// <summary>Shorter secrets are ignored: they would blot out ordinary text.</summary>
    internal const int MinLength = 4;

    /// <summary>How many long-lived secrets are kept, pinned ones not counted.</summary>
    internal const int MaxLongLived = 512;

    /// <summary>How many short-lived secrets are kept.</summary>
    internal const int MaxShortLived = 64;

    private readonly object _gate = new();
    private readonly List<string> _pinned = new();
    private readonly List<string> _longLived = new();
    private readonly List<string> _shortLived = new();
    private readonly Dictionary<string, string[]> _spellings = new(StringComparer.Ordinal);

    // Made when a text is looked at: many clients never look at one, and those of many tokens at few.
    private volatile SecretMatcher? _matcher = SecretMatcher.Empty;

    /// <summary>Keeps a secret that stays in use: a session token, a socket token.</summary>
    /// <param name="secret">Null and very short ones are ignored.</param>
    /// <param name="pinned">Never forgotten, however many come after it: the access key, the verification key.</param>
    internal void Add(string? secret, bool pinned = false) => Keep(secret, pinned ? _pinned : _longLived);

    /// <summary>Keeps a secret that is soon worthless: a ticket.</summary>
    /// <param name="secret">Null and very short ones are ignored.</param>
    internal void AddShortLived(string? secret) => Keep(secret, _shortLived);

    /// <summary>
    /// Replaces every occurrence of every secret by <c>***</c>: as it is, escaped once or twice for JSON, and escaped for
    /// an address. The same instance comes back when there is none.
    /// </summary>
    internal string Redact(string text) => (_matcher ?? Match()).Redact(text);

    private void Keep(string? secret, List<string> list)
    {
        if (secret is null || secret.Length < MinLength) return;
        lock (_gate)
        {
            var known = _spellings.ContainsKey(secret);
            if (!known) _spellings.Add(secret, SecretSpellings.Of(secret));
            Place(secret, list);
            Forget(_longLived, MaxLongLived);
            Forget(_shortLived, MaxShortLived);
            if (!known) _matcher = null;
        }
    }

    private SecretMatcher Match()
    {
        lock (_gate) return _matcher ??= new SecretMatcher(_spellings.Values.SelectMany(static s => s));
    }

    // A secret stands in one list, at its newest place, and never moves to one that forgets sooner.
    private void Place(string secret, List<string> list)
    {
        if (_pinned.Contains(secret)) return;
        var wasLongLived = _longLived.Remove(secret);
        _shortLived.Remove(secret);
        (list == _shortLived && wasLongLived ? _longLived : list).Add(secret);
    }

    private void Forget(List<string> list, int max)
    {
        if (list.Count <= max) return;
        _spellings.Remove(list[0]);
        list.RemoveAt(0);
    }
}
