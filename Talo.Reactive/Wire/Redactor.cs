using System;
using System.Collections.Generic;
using System.Text;

namespace Talo.Reactive.Wire;

/// <summary>
/// Takes secrets out of texts by their value, wherever they stand: the server repeats tokens in error causes, and logs
/// and exception texts travel. Thread-safe; reading takes no lock, but where a secret has come since the last time.
/// </summary>
internal sealed class Redactor
{
    /// <summary>Shorter secrets are ignored: they would blot out ordinary text.</summary>
    internal const int MinLength = SecretMatcher.KeyLength;

    /// <summary>How many long-lived secrets are kept, pinned ones not counted.</summary>
    internal const int MaxLongLived = 512;

    /// <summary>How many short-lived secrets are kept.</summary>
    internal const int MaxShortLived = 64;

    /// <summary>How many characters the long-lived secrets that are kept have at most.</summary>
    internal const int MaxLongLivedCharacters = 64 * 1024;

    /// <summary>How many characters the short-lived secrets that are kept have at most.</summary>
    internal const int MaxShortLivedCharacters = 16 * 1024;

    private const string Mask = "***";

    /// <summary>Escapes within escapes are followed so far: JSON in an address in JSON.</summary>
    private const int DeepestEscape = 3;

    private readonly object _gate = new();
    private readonly SecretBook _pinned = new(int.MaxValue, int.MaxValue);
    private readonly SecretBook _longLived = new(MaxLongLived, MaxLongLivedCharacters);
    private readonly SecretBook _shortLived = new(MaxShortLived, MaxShortLivedCharacters);

    // Made when a text is looked at: many clients never look at one, and those of many tokens at few.
    private volatile SecretMatcher? _matcher;

    /// <summary>Keeps a secret that stays in use: a session token, a socket token.</summary>
    /// <param name="secret">Null and very short ones are ignored.</param>
    /// <param name="pinned">Never forgotten, however many come after it: the access key, the verification key.</param>
    internal void Add(string? secret, bool pinned = false) => Keep(secret, pinned ? _pinned : _longLived);

    /// <summary>Keeps a secret that is soon worthless: a ticket.</summary>
    /// <param name="secret">Null and very short ones are ignored.</param>
    internal void AddShortLived(string? secret) => Keep(secret, _shortLived);

    /// <summary>
    /// Replaces every occurrence of every secret by <c>***</c>: as it is, and with any of its characters escaped for JSON or for an
    /// address. The same instance comes back when there is none.
    /// </summary>
    internal string Redact(string text)
    {
        var matcher = _matcher ?? Match();
        return matcher.IsEmpty || Find(matcher, text.AsSpan(), DeepestEscape) is not { } found ? text : Masked(text, found);
    }

    /// <summary>The exception; where its text names a secret, one with the redacted text and its stack trace.</summary>
    internal Exception Redact(Exception error)
    {
        var text = error.ToString();
        return ReferenceEquals(text, Redact(text)) ? error : new RedactedException(Redact(RedactedException.TextOf(error)), error.StackTrace);
    }

    /// <summary>What overlaps is one stretch: no part of any secret is left.</summary>
    private static List<Stretch>? Find(SecretMatcher matcher, ReadOnlySpan<char> text, int depth)
    {
        List<Stretch>? found = null;
        matcher.Find(text, ref found);
        if (depth == 0) return found;
        found = Joined(found, FindIn(matcher, UnescapedText.Json(text), depth - 1));
        return Joined(found, FindIn(matcher, UnescapedText.Address(text), depth - 1));
    }

    private static List<Stretch>? FindIn(SecretMatcher matcher, UnescapedText? text, int depth) =>
        text is null ? null : Find(matcher, text.Characters, depth)?.ConvertAll(text.Origin);

    private static List<Stretch>? Joined(List<Stretch>? some, List<Stretch>? others)
    {
        if (some is null || others is null) return some ?? others;
        some.AddRange(others);
        some.Sort(static (x, y) => x.End.CompareTo(y.End));
        List<Stretch>? joined = null;
        foreach (var stretch in some) Stretch.Add(ref joined, stretch);
        return joined;
    }

    private static string Masked(string text, List<Stretch> found)
    {
        var masked = new StringBuilder(text.Length);
        var copied = 0;
        foreach (var (start, end) in found)
        {
            masked.Append(text, copied, start - copied).Append(Mask);
            copied = end;
        }

        return masked.Append(text, copied, text.Length - copied).ToString();
    }

    private void Keep(string? secret, SecretBook book)
    {
        if (secret is null || secret.Length < MinLength) return;
        lock (_gate)
        {
            // A secret stands in one book, at its newest place, and never moves to one that forgets sooner.
            if (_pinned.Contains(secret)) return;
            var wasLongLived = _longLived.Remove(secret);
            var wasKnown = _shortLived.Remove(secret) || wasLongLived;
            var hasForgotten = (book == _shortLived && wasLongLived ? _longLived : book).Add(secret);
            if (!wasKnown || hasForgotten) _matcher = null;
        }
    }

    private SecretMatcher Match()
    {
        lock (_gate) return _matcher ??= new SecretMatcher([.. _pinned, .. _longLived, .. _shortLived]);
    }
}
