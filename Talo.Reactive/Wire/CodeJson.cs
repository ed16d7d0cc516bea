using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

/// <summary>The open-ended codes: their texts.</summary>
internal static class CodeJson
{
    internal static RelationshipType ReadRelationshipType(ref Utf8JsonReader reader) =>
        Token.TextOrNull(ref reader) is { } text ? new RelationshipType(text) : default;

    internal static TaloSocketErrorCode ReadTaloSocketErrorCode(ref Utf8JsonReader reader) =>
        Token.TextOrNull(ref reader) is { } text ? new TaloSocketErrorCode(text) : default;

    internal static void Write(JsonWriter writer, RelationshipType code) => writer.WriteValue(code.ToString());

    internal static void Write(JsonWriter writer, TaloSocketErrorCode code) => writer.WriteValue(code.ToString());
}
