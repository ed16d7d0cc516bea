using System;
using System.Text;
using System.Text.Json;

namespace Talo.Reactive.Wire;

/// <summary>The tolerant way to the parts of a frame: any JSON object, members in any order, the last duplicate wins.</summary>
internal static class EnvelopeScan
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // One level more than a payload may have, for the envelope around it.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Payload.MaxDepth + 1 };

    internal static bool TryScan(ReadOnlySpan<byte> frame, out Envelope envelope, out string problem)
    {
        envelope = default;
        problem = Unreadable(frame);
        if (problem.Length > 0) return false;

        var reader = new Utf8JsonReader(frame, Options);
        try
        {
            return TryRead(ref reader, out envelope, out problem);
        }
        catch (JsonException)
        {
            // The exception does not say which of the two it was; the depth that was reached does.
            problem = reader.CurrentDepth >= Payload.MaxDepth ? "nested too deeply" : "not JSON";
            return false;
        }
    }

    private static string Unreadable(ReadOnlySpan<byte> frame)
    {
        if (frame.IsEmpty) return "empty";
        if (frame.StartsWith(new byte[] { 0xEF, 0xBB, 0xBF })) return "starts with a byte order mark";

        try
        {
            Strict.GetCharCount(frame);
            return "";
        }
        catch (DecoderFallbackException)
        {
            return "not valid UTF-8";
        }
    }

    private static bool TryRead(scoped ref Utf8JsonReader reader, out Envelope envelope, out string problem)
    {
        envelope = default;
        problem = "";
        ReadOnlySpan<byte> res = default;
        var resFound = false;
        int dataStart = 0, dataLength = 0;

        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) problem = "not a JSON object";

        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName) continue;

            // Not ValueTextEquals, which throws at a name with half of a surrogate pair.
            var member = JsonText.Utf8(ref reader);
            if (member.SequenceEqual("res"u8))
            {
                reader.Read();
                resFound = reader.TokenType == JsonTokenType.String;
                res = resFound ? JsonText.Utf8(ref reader) : default;
                if (!resFound) reader.Skip();
            }
            else if (member.SequenceEqual("data"u8))
            {
                reader.Read();
                dataStart = (int)reader.TokenStartIndex;
                var isNull = reader.TokenType == JsonTokenType.Null;
                reader.Skip();
                dataLength = isNull ? 0 : (int)reader.BytesConsumed - dataStart;
            }
        }

        if (problem.Length == 0 && !resFound) problem = "without a \"res\" that is a string";
        envelope = problem.Length == 0 ? new Envelope(res, dataStart, dataLength) : default;
        return problem.Length == 0;
    }
}
