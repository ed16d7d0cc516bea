using System;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Talo.Reactive.Wire;

/// <summary>Reads the values that entities are made of, tolerantly where a mistake is harmless.</summary>
/// <remarks>Null reads as the empty value of its kind. A shape that cannot be meant throws, with its offset.</remarks>
internal static class Token
{
    internal static void RequireObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw Expected(ref reader, "an object");
    }

    /// <summary>Goes to the next member name of the object; false at its end.</summary>
    internal static bool NextMember(scoped ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            name = default;
            return false;
        }

        name = JsonText.Utf8(ref reader);
        reader.Read();
        return true;
    }

    internal static string Text(ref Utf8JsonReader reader) => TextOrNull(ref reader) ?? "";

    /// <summary>As <see cref="Text(ref Utf8JsonReader)"/>: the given string itself where it is that.</summary>
    internal static string Text(ref Utf8JsonReader reader, string likely) =>
        reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false } && reader.ValueTextEquals(likely) ? likely : Text(ref reader);

    internal static string? TextOrNull(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => JsonText.String(ref reader),
        JsonTokenType.Null => null,
        JsonTokenType.Number => Encoding.ASCII.GetString(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => throw Expected(ref reader, "a string"),
    };

    internal static int Int32(ref Utf8JsonReader reader) => Int32OrNull(ref reader) ?? 0;

    internal static int? Int32OrNull(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType == JsonTokenType.Number)
        {
            if (reader.TryGetInt32(out var number)) return number;
            if (reader.TryGetDouble(out var real) && real is >= int.MinValue and <= int.MaxValue && real == Math.Floor(real))
            {
                return (int)real;
            }
        }

        if (reader.TokenType == JsonTokenType.String
            && Utf8Parser.TryParse(reader.ValueSpan, out int quoted, out var consumed)
            && consumed == reader.ValueSpan.Length)
        {
            return quoted;
        }

        throw Expected(ref reader, "a 32-bit integer");
    }

    internal static bool Boolean(ref Utf8JsonReader reader) => BooleanOrNull(ref reader) ?? false;

    internal static bool? BooleanOrNull(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Null => null,
        JsonTokenType.Number => !(reader.TryGetDouble(out var number) && number == 0),
        JsonTokenType.String when reader.ValueTextEquals("true"u8) => true,
        JsonTokenType.String when reader.ValueTextEquals("false"u8) => false,
        _ => throw Expected(ref reader, "true or false"),
    };

    /// <summary>A time, or null for anything that is none: no event is lost over a date.</summary>
    internal static DateTimeOffset? Date(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        if (PlainDate.TryRead(reader.ValueSpan, out var plain)) return plain;
        // TryGetDateTime throws at half of a surrogate pair, and no date holds a whole one.
        if (reader.ValueIsEscaped && JsonText.MayHoldSurrogates(reader.ValueSpan)) return null;
        if (!reader.TryGetDateTime(out var time)) return null;
        return time.Kind switch
        {
            DateTimeKind.Utc => new DateTimeOffset(time),
            // Without an offset the reader would take it for the machine's zone; the server speaks UTC.
            DateTimeKind.Unspecified => new DateTimeOffset(time, TimeSpan.Zero),
            _ => reader.TryGetDateTimeOffset(out var withOffset) ? withOffset : null,
        };
    }

    /// <summary>An object inside another; null reads as null.</summary>
    internal static T? Object<T>(ref Utf8JsonReader reader, EntityReader<T> entity)
        where T : class => reader.TokenType == JsonTokenType.Null ? null : entity(ref reader);

    /// <summary>A list; null reads as empty, and null elements are left out.</summary>
    internal static ValueList<T> List<T>(ref Utf8JsonReader reader, EntityReader<T> element)
    {
        if (reader.TokenType == JsonTokenType.Null) return ValueList<T>.Empty;
        if (reader.TokenType != JsonTokenType.StartArray) throw Expected(ref reader, "an array");

        var items = Array.Empty<T>();
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.Null) continue;
            if (count == items.Length) Array.Resize(ref items, count < 2 ? count + 1 : count * 2);
            items[count++] = element(ref reader);
        }

        if (count == 0) return ValueList<T>.Empty;
        Array.Resize(ref items, count);
        return ValueList<T>.Owning(items);
    }

    private static TaloPayloadException Expected(ref Utf8JsonReader reader, string what) =>
        new("", "", $"expected {what}, found {Found(reader.TokenType)}", reader.TokenStartIndex);

    private static string Found(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "a boolean",
    };
}
