using System;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Talo.Reactive.Wire;

/// <summary>System.Text.Json with code that was generated for a type: nothing is found by reflection.</summary>
internal static class GeneratedJson
{
    /// <summary>Maps a JSON object to a type.</summary>
    /// <exception cref="JsonException">It does not fit, is no object, or something follows it.</exception>
    internal static T? To<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type) =>
        json[0] == (byte)'{' ? JsonSerializer.Deserialize(WholeCharacters.In(json), type) : throw new JsonException();

    /// <summary>The member that an exception names, as the other readers do: without the <c>$</c> of the whole.</summary>
    internal static string PathOf(JsonException fault) =>
        fault.Path is { Length: > 1 } path ? path[1] == '.' ? path[2..] : path[1..] : "";
}
