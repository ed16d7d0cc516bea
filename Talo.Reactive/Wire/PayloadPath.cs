using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace Talo.Reactive.Wire;

/// <summary>Names the member at an offset.</summary>
/// <remarks>Readers keep no path while all is well: it is found by reading again after a fault.</remarks>
internal static class PayloadPath
{
    internal static string At(ReadOnlySpan<byte> json, long offset)
    {
        var levels = new Stack<Level>();
        try
        {
            Walk(json, offset, levels);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            // What does not fit may be broken as well: the path is told as far as it can be read.
        }

        return Join(levels);
    }

    private static void Walk(ReadOnlySpan<byte> json, long offset, Stack<Level> levels)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Payload.MaxDepth });
        while (reader.Read())
        {
            var type = reader.TokenType;
            if (type == JsonTokenType.PropertyName) levels.Peek().Member = JsonText.String(ref reader);
            else if (levels.Count > 0 && type is not (JsonTokenType.EndObject or JsonTokenType.EndArray)) levels.Peek().Index++;

            if (reader.TokenStartIndex >= offset) break;

            if (type == JsonTokenType.StartObject) levels.Push(new Level(isArray: false));
            else if (type == JsonTokenType.StartArray) levels.Push(new Level(isArray: true));
            else if (type is JsonTokenType.EndObject or JsonTokenType.EndArray) levels.Pop();
        }
    }

    private static string Join(Stack<Level> innermostFirst)
    {
        var levels = innermostFirst.ToArray();
        Array.Reverse(levels);
        var path = new StringBuilder();
        foreach (var level in levels)
        {
            if (level.IsArray) path.Append('[').Append(level.Index).Append(']');
            else path.Append(path.Length == 0 ? "" : ".").Append(level.Member);
        }

        return path.ToString();
    }

    private sealed class Level(bool isArray)
    {
        internal bool IsArray { get; } = isArray;

        internal string Member { get; set; } = "";

        internal int Index { get; set; } = -1;
    }
}
