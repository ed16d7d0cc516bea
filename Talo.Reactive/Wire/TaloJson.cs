using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Talo.Reactive.Wire;

/// <summary>Newtonsoft as this library uses it: never the process-wide settings, which belong to the game.</summary>
internal static class TaloJson
{
    internal const string ForeignTypes =
        "Newtonsoft.Json maps this type by reflection. Where code is trimmed or compiled ahead of time, use the typed streams "
        + "and calls, or DataAs with a JsonTypeInfo.";

    private static readonly JsonLoadSettings Load = new() { LineInfoHandling = LineInfoHandling.Ignore };

    private static JsonSerializer? _serializer;

    /// <summary>The serializer. Shared by all threads: never change its settings.</summary>
    internal static JsonSerializer Serializer
    {
        [RequiresUnreferencedCode(ForeignTypes)]
        [RequiresDynamicCode(ForeignTypes)]
        get => _serializer ??= new JsonSerializer
        {
            Culture = CultureInfo.InvariantCulture,
            DateParseHandling = DateParseHandling.None,
            MaxDepth = Payload.MaxDepth,
        };
    }

    /// <summary>Parses the JSON object at the start of the bytes; empty reads as an empty object. Strings stay strings.</summary>
    /// <exception cref="TaloPayloadException">It is not a JSON object, not valid, or too deep.</exception>
    internal static JObject ParseObject(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.IsEmpty) return new JObject();

        // Newtonsoft reads single quotes, comments and NaN; what the library calls JSON is decided in one place.
        var length = Payload.Measure(utf8.Span);
        using var text = new StringReader(Encoding.UTF8.GetString(utf8.Span[..length]));
        using var reader = new JsonTextReader(text) { DateParseHandling = DateParseHandling.None, MaxDepth = null };
        try
        {
            return JObject.Load(reader, Load);
        }
        catch (JsonException)
        {
            throw new TaloPayloadException("", "", "not JSON that can be read");
        }
    }

    /// <summary>Maps a token to any type.</summary>
    /// <exception cref="JsonException">It does not fit.</exception>
    [RequiresUnreferencedCode(ForeignTypes)]
    [RequiresDynamicCode(ForeignTypes)]
    internal static T? To<T>(JToken token) => token.ToObject<T>(Serializer);

    /// <summary>Maps the tokens of a payload to any type, and gives them back.</summary>
    /// <exception cref="JsonException">They do not fit.</exception>
    [RequiresUnreferencedCode(ForeignTypes)]
    [RequiresDynamicCode(ForeignTypes)]
    internal static T? To<T>(PayloadTokens tokens)
    {
        try
        {
            return Serializer.Deserialize<T>(new PayloadReader(tokens));
        }
        finally
        {
            tokens.Release();
        }
    }

    /// <summary>The member that an exception names; empty for the whole.</summary>
    internal static string PathOf(JsonException fault) => fault switch
    {
        JsonSerializationException { Path: { } member } => member,
        JsonReaderException { Path: { } member } => member,
        _ => "",
    };

    /// <summary>Writes any value as UTF-8 JSON.</summary>
    /// <exception cref="ArgumentException">It cannot be written as JSON, or a text in it is not Unicode.</exception>
    [RequiresUnreferencedCode(ForeignTypes)]
    [RequiresDynamicCode(ForeignTypes)]
    internal static byte[] ToUtf8(object value)
    {
        try
        {
            return OutgoingText.Utf8(Text(value), nameof(value));
        }
        catch (JsonException fault)
        {
            var type = value.GetType().Name;
            throw new ArgumentException($"{type} cannot be written as JSON: see the inner exception.", nameof(value), fault);
        }
    }

    // Newtonsoft would write the properties of these types and not the JSON that they stand for, and nobody would notice.
    [RequiresUnreferencedCode(ForeignTypes)]
    [RequiresDynamicCode(ForeignTypes)]
    private static string Text(object value)
    {
        if (value is System.Text.Json.JsonElement element) return element.GetRawText();
        if (value is System.Text.Json.JsonDocument document) return document.RootElement.GetRawText();
        if (value is System.Text.Json.Nodes.JsonNode node) return node.ToJsonString();

        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Serializer.Serialize(text, value);
        return text.ToString();
    }
}
