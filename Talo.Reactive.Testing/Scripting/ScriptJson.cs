using System.IO;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Talo.Reactive.Testing;

/// <summary>JSON of the scripts, untouched by <c>JsonConvert.DefaultSettings</c> (games set it) and with dates left as text.</summary>
internal static class ScriptJson
{
    private static readonly JsonSerializer Serializer = JsonSerializer.Create(new JsonSerializerSettings
    {
        DateParseHandling = DateParseHandling.None,
    });

    internal static JToken From(object value) => value as JToken ?? JToken.FromObject(value, Serializer);

    internal static string Write(object value) => From(value).ToString(Formatting.None);

    internal static JToken Parse(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
        var token = JToken.ReadFrom(reader);
        if (reader.Read()) throw new JsonReaderException("There is text after the JSON value.");
        return token;
    }

    /// <summary>The object that a text is, or null when it is anything else.</summary>
    internal static JObject? TryParse(string text)
    {
        try
        {
            return Parse(text) as JObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static string Envelope(string res, object data) => Write(new JObject { ["res"] = res, ["data"] = From(data) });

    internal static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
