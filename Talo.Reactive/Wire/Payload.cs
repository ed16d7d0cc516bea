using System;
using System.Text;
using System.Text.Json;

namespace Talo.Reactive.Wire;

/// <summary>Reads one JSON value from bytes: the only place where a payload's faults become exceptions of this library.</summary>
internal static class Payload
{
    /// <summary>The deepest nesting that is read.</summary>
    internal const int MaxDepth = 64;

    internal static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Reads an entity.</summary>
    /// <param name="json">UTF-8; empty reads as an empty object. Members that follow the value are ignored.</param>
    /// <param name="entity">The reader of the entity.</param>
    /// <exception cref="TaloPayloadException">It is not JSON, too deep, or of another shape. Nothing else is thrown.</exception>
    internal static T Read<T>(ReadOnlySpan<byte> json, EntityReader<T> entity)
    {
        if (json.IsEmpty) json = "{}"u8;
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            reader.Read();
            var value = entity(ref reader);
            RequireEnd(json, (int)reader.BytesConsumed);
            return value;
        }
        catch (TaloPayloadException fault)
        {
            throw new TaloPayloadException(fault.Res, fault.Path.Length > 0 ? fault.Path : PayloadPath.At(json, fault.Offset), fault.Problem, fault.Offset);
        }
        catch (Exception fault) when (IsUnreadable(fault))
        {
            var at = reader.BytesConsumed;
            throw new TaloPayloadException("", "", $"not JSON that can be read, at byte {at}", at);
        }
    }

    /// <summary>Reads an event, taking from what is known what came before.</summary>
    /// <param name="json">As in <see cref="Read{T}(ReadOnlySpan{byte}, EntityReader{T})"/>.</param>
    /// <param name="read">The reader of the event.</param>
    /// <param name="known">What came before. Where another thread is just using it, this one does without.</param>
    /// <exception cref="TaloPayloadException">As above. Nothing else is thrown.</exception>
    internal static T Read<T>(ReadOnlySpan<byte> json, EventReader<T> read, KnownEntities known)
    {
        if (json.IsEmpty) json = "{}"u8;
        if (!known.TryTake()) return ReadSlowly(json, read);
        try
        {
            var source = new EventJson(json, known);
            var value = read(ref source);
            RequireEnd(json, source.Consumed);
            return value;
        }
        catch (Exception fault) when (fault is TaloPayloadException || IsUnreadable(fault))
        {
            // The slow way knows where in the data the fault is, and finds it again: both read the same.
            return ReadSlowly(json, read);
        }
        finally
        {
            known.GiveBack();
        }
    }

    /// <summary>The number of bytes of the object at the start, checked to be valid JSON.</summary>
    /// <exception cref="TaloPayloadException">It is not an object, not JSON or too deep.</exception>
    internal static int Measure(ReadOnlySpan<byte> json) => Read(json, MeasureObject);

    /// <summary>Whether an exception is how the readers below say that the bytes are no JSON or no UTF-8.</summary>
    internal static bool IsUnreadable(Exception fault) =>
        fault is JsonException or InvalidOperationException or DecoderFallbackException;

    private static T ReadSlowly<T>(ReadOnlySpan<byte> json, EventReader<T> read) =>
        Read(json, (ref Utf8JsonReader reader) => EventJson.ReadPlain(ref reader, read));

    private static int MeasureObject(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        reader.Skip();
        return (int)reader.BytesConsumed;
    }

    private static void RequireEnd(ReadOnlySpan<byte> json, int consumed)
    {
        var rest = json[consumed..];
        while (!rest.IsEmpty && rest[0] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') rest = rest[1..];
        if (rest.IsEmpty || rest[0] == (byte)',') return;
        throw new TaloPayloadException("", "", "more than one JSON value", consumed);
    }
}
