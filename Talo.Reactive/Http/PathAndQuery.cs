using System;
using System.Globalization;
using System.Text;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Http;

/// <summary>Writes the address of a call: a path, and the filters that were given.</summary>
internal sealed class PathAndQuery
{
    private readonly StringBuilder text;
    private char separator = '?';

    internal PathAndQuery(string path) => text = new StringBuilder(path);

    /// <summary>A value of the game's own as one segment of a path: a slash or a question mark in it stays part of the value.</summary>
    /// <exception cref="ArgumentException">
    /// The value is a step in a path, <c>.</c> or <c>..</c>, escaped or not, which would make another call of it; or it cannot be sent.
    /// </exception>
    internal static string Segment(string value, string parameter)
    {
        OutgoingText.RequireWhole(value, parameter);
        return Uri.UnescapeDataString(value) is "." or ".."
            ? throw new ArgumentException($"\"{value}\" stands for a step in a path and is no id: give the id itself, as the server gave it.", parameter)
            : Uri.EscapeDataString(value);
    }

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
