using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace Talo.Reactive.Wire;

/// <summary>The texts that stand for one secret in JSON, in JSON within JSON, and in addresses.</summary>
internal static class SecretSpellings
{
    private static readonly Func<string, string>[] JsonEscapes =
    {
        static s => EscapeMinimal(s, alsoLineEnds: false),
        static s => EscapeMinimal(s, alsoLineEnds: true),
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode,
        JavaScriptEncoder.Default.Encode,
    };

    internal static string[] Of(string secret)
    {
        var plain = new[] { secret };
        var escaped = plain.SelectMany(EscapeJson).ToArray();
        var escapedTwice = escaped.SelectMany(EscapeJson);
        var inAddress = plain.Concat(escaped).SelectMany(EscapeAddress).ToArray();
        return plain.Concat(escaped).Concat(escapedTwice).Concat(inAddress).Concat(inAddress.SelectMany(EscapeJson))
            .Distinct(StringComparer.Ordinal).ToArray();
    }

    private static IEnumerable<string> EscapeJson(string text) => JsonEscapes.Select(escape => escape(text)).Distinct();

    private static IEnumerable<string> EscapeAddress(string text)
    {
        var strict = Uri.EscapeDataString(text);
        var form = strict.Replace("%20", "+", StringComparison.Ordinal);
        var lenient = WebUtility.UrlEncode(text);
        return new[] { strict, form, lenient, LowerHex(strict), LowerHex(form), LowerHex(lenient) }.Distinct();
    }

    // What servers on JavaScript and Newtonsoft.Json write: only what JSON demands. The latter adds the line ends of Unicode.
    private static string EscapeMinimal(string text, bool alsoLineEnds)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => escaped.Append('\\').Append(c),
                '\b' => escaped.Append("\\b"),
                '\f' => escaped.Append("\\f"),
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                < ' ' => AppendCode(escaped, c),
                '\u0085' or '\u2028' or '\u2029' when alsoLineEnds => AppendCode(escaped, c),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    private static StringBuilder AppendCode(StringBuilder escaped, char c) =>
        escaped.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));

    private static string LowerHex(string address)
    {
        if (!address.Contains('%', StringComparison.Ordinal)) return address;
        var lower = address.ToCharArray();
        for (var i = 0; i + 2 < lower.Length; i++)
        {
            if (address[i] != '%') continue;
            lower[i + 1] = char.ToLowerInvariant(lower[i + 1]);
            lower[i + 2] = char.ToLowerInvariant(lower[i + 2]);
        }

        return new string(lower);
    }
}
