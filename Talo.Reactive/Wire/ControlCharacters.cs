using System.Globalization;
using System.Text;

namespace Talo.Reactive.Wire;

/// <summary>Shows characters that would change what a log looks like: a line that nobody wrote, a colour, a text that reads backwards.</summary>
internal static class ControlCharacters
{
    /// <summary>
    /// The text on one line: control characters, line ends of Unicode and marks that turn the direction of writing become <c>\n</c>,
    /// <c>\u001b</c>… The same instance where there are none. A text that was escaped stays as it is.
    /// </summary>
    internal static string Escape(string text)
    {
        var first = 0;
        while (first < text.Length && !IsHarmful(text[first])) first++;
        if (first == text.Length) return text;

        var escaped = new StringBuilder(text, 0, first, text.Length + 16);
        for (var i = first; i < text.Length; i++)
        {
            var c = text[i];
            _ = !IsHarmful(c) ? escaped.Append(c) : c switch
            {
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                _ => escaped.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
            };
        }

        return escaped.ToString();
    }

    private static bool IsHarmful(char c) => c < ' ' || (c >= '\u007f' && IsHarmfulBeyondAscii(c));

    private static bool IsHarmfulBeyondAscii(char c) =>
        c is <= '\u009f' or '\u2028' or '\u2029' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
