using System;
using System.Text.RegularExpressions;

namespace Talo.Reactive.Testing;

/// <summary>A path with <c>*</c> for anything inside one segment and <c>**</c> for anything at all.</summary>
internal sealed class PathPattern
{
    private readonly Regex _expression;
    private readonly bool _looksAtQuery;

    internal PathPattern(string text)
    {
        Text = text;
        _looksAtQuery = text.Contains('?', StringComparison.Ordinal);
        var expression = Regex.Escape(text)
            .Replace(@"\*\*", ".*", StringComparison.Ordinal)
            .Replace(@"\*", "[^/]*", StringComparison.Ordinal);
        _expression = new Regex($"^{expression}$", RegexOptions.CultureInvariant);
    }

    internal string Text { get; }

    internal bool Matches(Uri address) => _expression.IsMatch(_looksAtQuery ? address.PathAndQuery : address.AbsolutePath);
}
