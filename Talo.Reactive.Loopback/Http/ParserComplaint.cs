using System;
using System.Text;
using System.Text.Json;

namespace Talo.Reactive.Loopback.Http;

/// <summary>What a JavaScript parser says about text that is not JSON, as far as it can be told from where ours stopped.</summary>
internal static class ParserComplaint
{
    private const int Context = 10;

    public static string About(string text)
    {
        var at = FirstFault(text);
        if (at >= text.Length)
            return "Unexpected end of JSON input";
        var before = at > Context ? "..." : "";
        var after = at + Context < text.Length ? "..." : "";
        var shown = text[Math.Max(0, at - Context)..Math.Min(text.Length, at + Context)];
        return text.Length <= 40
            ? $"Unexpected token '{text[at]}', \"{text}\" is not valid JSON"
            : $"Unexpected token '{text[at]}', {before}\"{shown}\"{after} is not valid JSON";
    }

    private static int FirstFault(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, new JsonReaderState(new() { MaxDepth = 512 }));
        try
        {
            while (reader.Read())
            {
            }
            return text.Length;
        }
        catch (JsonException fault)
        {
            var line = (int)(fault.LineNumber ?? 0);
            var start = 0;
            for (; line > 0; line--)
                start = text.IndexOf('\n', start) + 1;
            return Math.Min(text.Length, start + (int)(fault.BytePositionInLine ?? 0));
        }
    }
}
