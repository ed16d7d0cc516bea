using System;
using System.Globalization;
using System.IO;
using System.Text;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

/// <summary>Lets Newtonsoft read an entity by the library's own reader, so that there is one way to decode it.</summary>
internal sealed class EntityConverter<T> : JsonConverter
    where T : class
{
    public override bool CanConvert(Type objectType) => objectType == typeof(T);

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
    {
        if (reader.TokenType == JsonToken.Null) return null;
        if (!EntityReaders.TryGet<T>(out var entity)) throw new JsonSerializationException($"{typeof(T).Name} has no reader.");

        var path = reader.Path;
        try
        {
            return Payload.Read(Utf8(reader), entity);
        }
        catch (TaloPayloadException fault)
        {
            throw new JsonSerializationException(fault.Message, path, 0, 0, fault);
        }
    }

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
    {
        if (value is T entity && EntityReaders.TryGetWriter<T>(out var write)) write(writer, entity);
        else writer.WriteNull();
    }

    private static byte[] Utf8(JsonReader reader)
    {
        // A game's reader turns a chat line that looks like a date into a date unless told not to.
        var dates = reader.DateParseHandling;
        reader.DateParseHandling = DateParseHandling.None;
        try
        {
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            using var writer = new CommentlessWriter(text);
            writer.WriteToken(reader);
            writer.Flush();
            return Encoding.UTF8.GetBytes(text.ToString());
        }
        finally
        {
            reader.DateParseHandling = dates;
        }
    }

    // Newtonsoft reads comments, which a game may have in files of its own; in what the entity's reader gets there are none.
    private sealed class CommentlessWriter(TextWriter text) : JsonTextWriter(text)
    {
        public override void WriteComment(string? text)
        {
        }
    }
}
