using System.Text.RegularExpressions;

namespace Talo.Reactive.Loopback.State;

/// <summary>An e-mail address as Talo keeps it: trimmed and in lower case.</summary>
internal static partial class EmailAddress
{
    /// <summary>Null for what is no address.</summary>
    public static string? Normalize(string text)
    {
        var address = text.Trim().ToLowerInvariant();
        return Pattern().IsMatch(address) ? address : null;
    }

    [GeneratedRegex(@"\A[^\s@]+@[^\s@]+\.[^\s@]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
