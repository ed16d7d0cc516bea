using System.Text.RegularExpressions;

namespace Talo.Reactive.Loopback.State;

/// <summary>A case-insensitive substring search in which <c>%</c> and <c>_</c> are wildcards, as in SQL's LIKE.</summary>
internal static class SqlPattern
{
    public static bool Contains(string text, string pattern) =>
        Regex.IsMatch(
            text,
            Regex.Escape(pattern).Replace("%", ".*").Replace('_', '.'),
            RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
