using System;
using System.Collections.Generic;

namespace Talo.Reactive.Http;

internal static class HttpHeaders
{
    internal static string? Find(IReadOnlyList<KeyValuePair<string, string>> headers, string name)
    {
        foreach (var header in headers)
        {
            if (string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)) return header.Value;
        }

        return null;
    }

    /// <summary>Whether a value can stand in a header as it is: ASCII without control characters.</summary>
    internal static bool CanHold(string value)
    {
        foreach (var c in value)
        {
            if (c is < ' ' or > '~') return false;
        }

        return true;
    }
}
