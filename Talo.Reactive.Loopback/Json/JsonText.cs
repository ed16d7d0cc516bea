using System;
using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Talo.Reactive.Loopback.Json;

/// <summary>JSON in and out: compact UTF-8 with Talo's escapes, and a reader as lenient as JavaScript's.</summary>
internal static class JsonText
{
    // Far deeper than any honest message. The reader's time grows with the square of it, and what is read may have to be written
    // out again, which takes stack.
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 5_000 };

    private static readonly JsonWriterOptions Writing = new() { Encoder = ScriptEncoder.Instance, MaxDepth = int.MaxValue, SkipValidation = true };

    public static byte[] Write(Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
            body(writer);
        return buffer.WrittenSpan.ToArray();
    }

    public static bool TryParse(ReadOnlyMemory<byte> utf8, out JsonElement root)
    {
        root = default;
        try
        {
            using var document = JsonDocument.Parse(UnpairedSurrogates.Replace(WellFormed(utf8)), Reading);
            root = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>What JSON.stringify(JSON.parse(text)) gives: no white space, normal numbers, minimal escapes.</summary>
    public static string Restringify(JsonElement value) =>
        Encoding.UTF8.GetString(Write(writer => Copy(value, writer)));

    // Node decodes before it parses; what is no UTF-8 has become U+FFFD by then.
    private static ReadOnlyMemory<byte> WellFormed(ReadOnlyMemory<byte> utf8) =>
        Utf8.IsValid(utf8.Span) ? utf8 : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8.Span));

    private static void Copy(JsonElement value, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Copy(member.Value, writer);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Copy(item, writer);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.GetString());
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(ScriptNumber.Format(value.GetDouble()), skipInputValidation: true);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
