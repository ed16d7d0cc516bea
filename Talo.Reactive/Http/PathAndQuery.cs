using System;
using System.Globalization;
using System.Text;

namespace Talo.Reactive.Http;

/// <summary>Writes the address of a call: a path, and the filters that were given.</summary>
internal sealed class PathAndQuery
{
    private readonly StringBuilder text;
    private char separator = '?';

    internal PathAndQuery(string path) => text = new StringBuilder(path);

    /// <summary>Adds a filter; one that is null is left out.</summary>
    internal PathAndQuery With(string name, string? value)
    {
        if (value is null) return this;
        text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        separator = '&';
        return this;
    }

    internal PathAndQuery With(string name, int? value) => With(name, value?.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => text.ToString();
}
