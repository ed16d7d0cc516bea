using System;
using System.Collections.Generic;
using System.Globalization;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

/// <summary>Writes members as the server does, whatever date or null handling the writer's owner has set.</summary>
internal static class TokenWriter
{
    internal static void Member(this JsonWriter writer, string name, string? value)
    {
        writer.WritePropertyName(name);
        writer.WriteValue(value);
    }

    internal static void Member(this JsonWriter writer, string name, int value)
    {
        writer.WritePropertyName(name);
        writer.WriteValue(value);
    }

    internal static void Member(this JsonWriter writer, string name, bool value)
    {
        writer.WritePropertyName(name);
        writer.WriteValue(value);
    }

    /// <summary>A time in UTC with milliseconds, or more digits when it has them; left out when unknown.</summary>
    internal static void Member(this JsonWriter writer, string name, DateTimeOffset? value)
    {
        if (value is not { } time) return;
        var fraction = time.Ticks % TimeSpan.TicksPerMillisecond == 0 ? "fff" : "fffffff";
        writer.Member(name, time.UtcDateTime.ToString($"yyyy-MM-dd'T'HH:mm:ss.{fraction}'Z'", CultureInfo.InvariantCulture));
    }

    internal static void Member<T>(this JsonWriter writer, string name, T? value, EntityWriter<T> entity)
        where T : class
    {
        writer.WritePropertyName(name);
        if (value is null) writer.WriteNull();
        else entity(writer, value);
    }

    internal static void List<T>(this JsonWriter writer, string name, IReadOnlyList<T> values, EntityWriter<T> element)
    {
        writer.WritePropertyName(name);
        writer.WriteStartArray();
        foreach (var value in values) element(writer, value);
        writer.WriteEndArray();
    }
}
