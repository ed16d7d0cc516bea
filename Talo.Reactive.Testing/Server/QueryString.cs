using System;

namespace Talo.Reactive.Testing;

internal static class QueryString
{
    /// <summary>The first value of a name in the query of an address, decoded; null when it is not there.</summary>
    internal static string? Value(Uri address, string name)
    {
        foreach (var pair in address.Query.TrimStart('?').Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && Decode(pair.Substring(0, equals)) == name) return Decode(pair.Substring(equals + 1));
        }

        return null;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
