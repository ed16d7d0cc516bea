using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Newtonsoft.Json.Linq;
using Talo.Reactive.Tests.Wire;

namespace Talo.Reactive.Tests.Fuzz;

/// <summary>Makes, of JSON that Talo sends, what no server should send.</summary>
/// <param name="random">Decides everything.</param>
/// <param name="texts">Texts that a server may repeat: secrets, names, keys.</param>
/// <param name="numbers">Numbers that mean something to the client: ids.</param>
internal sealed class Hostile(Random random, IReadOnlyList<string> texts, IReadOnlyList<int> numbers)
{
    private static readonly string[] OddValues =
    [
        "null", "true", "false", "0", "-1", "-0", "1.0", "1e0", "2147483647", "2147483648", "-2147483649", "9223372036854775808", "1e999", "-1e-999",
        "1" + new string('0', 400), "0." + new string('3', 400), "\"\"", "\" \"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\u0000\"",
        "\"\\r\\nX-Injected: 1\"", "\"\\u001b[31m\"", "\"\\u007f\\u0085\\u2028\"", "\"2026-03-02T18:20:11.125Z\"", "\"0000-00-00T00:00:00.000Z\"", "\"9999-12-31T23:59:59.999Z\"",
        "{}", "[]", "[[]]", "{\"\":{}}", "{\"id\":1,\"id\":2}", "NaN", "Infinity", "'single'", "/* a */ 1", "01", "+1", "\"\\x\"", "\"\t\"", "tru",
    ];

    private static readonly string[] Openings = ["\uFEFF", " ", "\r\n\t", "\0", "v1.", "[", "{}", "//"];

    /// <summary>A frame: nearly, or not at all, one of the server's.</summary>
    internal byte[] Frame()
    {
        var frame = Reference.Frame(Pick([.. Reference.Names]));
        return random.Next(12) switch
        {
            0 => Bytes(random.Next(200)),
            1 => Reference.Utf8(Odd(depth: 3)),
            2 => Reference.Utf8($"{{\"res\":{Odd(1)},\"data\":{Odd(3)}}}"),
            3 => Reference.Utf8("v1.heartbeat"),
            _ => Of(frame),
        };
    }

    /// <summary>JSON, changed a little or a lot; sometimes not at all.</summary>
    internal byte[] Of(string json)
    {
        var changed = random.Next(10) switch
        {
            0 => Mutation.OfBytes(random, json),
            1 => Reference.Utf8(Mutation.Maimed(random, JObject.Parse(json), wrongTypes: true).ToString(Newtonsoft.Json.Formatting.None)),
            2 => Reference.Utf8(Mutation.Harmless(random, JObject.Parse(json)).ToString()),
            _ => Reference.Utf8(Written(JObject.Parse(json), random.Next(4) switch { 0 => 0, 1 => 5, 2 => 40, _ => 200 })),
        };
        return random.Next(12) switch
        {
            0 => changed[..random.Next(changed.Length + 1)],
            1 => [.. Reference.Utf8(Pick(Openings)), .. changed],
            2 => [.. changed, .. Reference.Utf8(Pick(Openings))],
            3 => [.. changed, .. changed],
            4 => Spoilt(changed),
            _ => changed,
        };
    }

    /// <summary>An HTTP status; most mean something.</summary>
    internal int Status() => random.Next(8) switch
    {
        0 => random.Next(100, 1000),
        1 or 2 => Pick([400, 401, 403, 404, 408, 409, 413, 425, 429]),
        3 => Pick([500, 501, 502, 503, 504]),
        4 => Pick([201, 202, 204, 206, 301, 302, 304]),
        _ => 200,
    };

    /// <summary>Headers, of those that the client reads above all.</summary>
    internal IEnumerable<(string Name, string Value)> Headers()
    {
        for (var i = random.Next(4); i > 0; i--)
        {
            yield return random.Next(4) switch
            {
                0 => (Pick(["retry-after", "Retry-After"]), Pick(["0", "60", "-1", "1e9", "9223372036854775807", "99999999999999999999", "Wed, 21 Oct 2015 07:28:00 GMT", "", " 5 ", "٣"])),
                1 => ("date", Pick(["Thu, 01 Jan 1970 00:00:10 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "yesterday", ""])),
                2 => ("content-type", Pick(["text/html", "application/json; charset=utf-16", "", "x"])),
                _ => (Pick(["x", "content-length", "set-cookie"]), Text()),
            };
        }
    }

    /// <summary>The JSON of a token in which values are replaced, members doubled and letters escaped: so many of a thousand.</summary>
    private string Written(JToken token, int oddities)
    {
        if (random.Next(1000) < oddities) return Odd(3);
        return token switch
        {
            JObject source => "{" + string.Join(',', source.Properties().SelectMany(x => Members(x, oddities))) + "}",
            JArray source => "[" + string.Join(',', source.Select(x => Written(x, oddities))) + "]",
            JValue { Type: JTokenType.Integer } when numbers.Count > 0 && random.Next(3) == 0 => Number(),
            JValue { Type: JTokenType.String } text => Quoted(random.Next(40) == 0 ? Text() : (string)text!),
            _ => token.ToString(Newtonsoft.Json.Formatting.None),
        };
    }

    private IEnumerable<string> Members(JProperty member, int oddities)
    {
        for (var times = random.Next(1000) < oddities ? random.Next(4) : 1; times > 0; times--)
            yield return Quoted(member.Name) + ":" + Written(member.Value, oddities);
    }

    private string Odd(int depth) => random.Next(depth > 0 ? 9 : 5) switch
    {
        0 => Number(),
        1 => Quoted(Text()),
        2 or 3 or 4 => Pick(OddValues),
        5 => Nested(Pick([10, 62, 63, 64, 65, 66, 300])),
        6 => Quoted(new string(Pick(['x', '"', '\u0001', 'é', '漢']), random.Next(5000))),
        7 => "[" + string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => Odd(depth - 1))) + "]",
        _ => "{" + string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => $"{Quoted(Pick(["id", "res", "data", "channel", "playerAlias", "message", ""]))}:{Odd(depth - 1)}")) + "}",
    };

    private string Nested(int depth) => random.Next(2) == 0
        ? new string('[', depth) + new string(']', depth)
        : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

    private string Number() => (numbers.Count > 0 ? Pick([.. numbers]) : random.Next()).ToString(CultureInfo.InvariantCulture);

    private string Text() => random.Next(4) switch
    {
        0 => Pick([.. texts]) + Pick([.. texts]),
        1 => $"<{Pick([.. texts])}>\r\n{(char)random.Next(32)}",
        _ => Pick([.. texts]),
    };

    /// <summary>The text in one of the ways in which JSON may write it.</summary>
    private string Quoted(string text)
    {
        var escapes = random.Next(12);
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\' or < ' ' || char.IsSurrogate(c) || escapes == 0 || (escapes == 1 && random.Next(4) == 0))
                quoted.Append(random.Next(2) == 0 ? $"\\u{(int)c:x4}" : $"\\u{(int)c:X4}");
            else if (c == '/' && escapes == 2) quoted.Append("\\/");
            else quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    private byte[] Spoilt(byte[] bytes)
    {
        var spoilt = bytes.ToArray();
        for (var i = random.Next(1, 4); i > 0 && spoilt.Length > 0; i--) spoilt[random.Next(spoilt.Length)] = Pick<byte>([0xFF, 0xC0, 0x80, 0xED, 0xF5, 0xE2]);
        return spoilt;
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
}
