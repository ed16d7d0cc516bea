using System;
using System.ComponentModel;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>
/// Reads and writes a type of this library for System.Text.Json, whatever the options say of names. The types carry it: it is
/// public only because generated code makes it.
/// </summary>
/// <typeparam name="T">An entity, an event or an open-ended code of this library.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TaloJsonConverter<T> : System.Text.Json.Serialization.JsonConverter<T>
{
    /// <inheritdoc/>
    /// <exception cref="System.Text.Json.JsonException">It is of another shape.</exception>
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var start = reader;
        try
        {
            return EntityReaders.TryGet<T>(out var read) ? read(ref reader) : throw Foreign();
        }
        catch (TaloPayloadException fault)
        {
            // No path: System.Text.Json knows where the entity stands, and this where in it the fault is.
            throw new System.Text.Json.JsonException(fault.Message, path: null, null, null, Placed(fault, start));
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        if (writer is null) throw new ArgumentNullException(nameof(writer));
        if (!EntityReaders.TryGetWriter<T>(out var write)) throw Foreign();

        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var json = new JsonTextWriter(text);
        write(json, value);
        json.Flush();
        writer.WriteRawValue(text.ToString());
    }

    private static TaloPayloadException Placed(TaloPayloadException fault, Utf8JsonReader start)
    {
        var offset = fault.Offset - start.TokenStartIndex;
        using var entity = JsonDocument.ParseValue(ref start);
        var path = PayloadPath.At(Encoding.UTF8.GetBytes(entity.RootElement.GetRawText()), offset);
        return new TaloPayloadException(fault.Res, path, fault.Problem);
    }

    private static NotSupportedException Foreign() => new($"{typeof(T).Name} is no type of Talo.Reactive.");
}
