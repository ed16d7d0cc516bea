using System;
using System.Globalization;
using System.Text;

namespace Talo.Reactive.Wire;

/// <summary>Text on its way out: as a JSON string, and as UTF-8.</summary>
internal static class OutgoingText
{
    /// <summary>UTF-8 without replacement characters.</summary>
    /// <exception cref="ArgumentException">The text holds half of a surrogate pair.</exception>
    internal static byte[] Utf8(string text, string parameter)
    {
        RequireWhole(text, parameter);
        return Encoding.UTF8.GetBytes(text);
    }

    /// <exception cref="ArgumentException">The text holds half of a surrogate pair.</exception>
    internal static void RequireWhole(string text, string parameter)
    {
        if (text is null) throw new ArgumentNullException(parameter);
        if (Surrogates.IndexOfLone(text, 0) < 0) return;
        throw new ArgumentException(
            "A text holds half of a surrogate pair, which cannot be sent. Cut texts between whole characters, as "
            + "System.Globalization.StringInfo finds them, or replace the half with U+FFFD.",
            parameter);
    }

    /// <summary>The text as a JSON string. Only what JSON requires is escaped.</summary>
    internal static string Quoted(string text) => string.Concat("\"", Escaped(text), "\"");

    /// <summary>What stands between the quotes of a JSON string.</summary>
    internal static string Escaped(string text)
    {
        if (IsPlain(text)) return text;
        var json = new StringBuilder(text.Length + 6);
        foreach (var c in text)
        {
            if (c is '"' or '\\') json.Append('\\').Append(c);
            else if (c >= ' ') json.Append(c);
            else json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return json.ToString();
    }

    private static bool IsPlain(string text)
    {
        foreach (var c in text)
        {
            if (c is '"' or '\\' or < ' ') return false;
        }

        return true;
    }
}
