using System;
using System.Globalization;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

/// <summary>Lets Newtonsoft read and write an open-ended code as its text.</summary>
internal abstract class CodeConverter<T> : JsonConverter
    where T : struct
{
    public sealed override bool CanConvert(Type objectType) => objectType == typeof(T) || objectType == typeof(T?);

    public sealed override object? ReadJson(JsonReader reader, Type objectType, object? existing, JsonSerializer serializer) =>
        reader.TokenType switch
        {
            JsonToken.Null => objectType == typeof(T?) ? null : default(T),
            JsonToken.String or JsonToken.Integer => FromText(Convert.ToString(reader.Value, CultureInfo.InvariantCulture) ?? ""),
            _ => throw new JsonSerializationException($"{typeof(T).Name} is a string in JSON.", reader.Path, 0, 0, null),
        };

    public sealed override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) =>
        writer.WriteValue(value?.ToString());

    protected abstract T FromText(string text);
}

internal sealed class RelationshipTypeConverter : CodeConverter<RelationshipType>
{
    protected override RelationshipType FromText(string text) => new(text);
}

internal sealed class TaloSocketErrorCodeConverter : CodeConverter<TaloSocketErrorCode>
{
    protected override TaloSocketErrorCode FromText(string text) => new(text);
}
