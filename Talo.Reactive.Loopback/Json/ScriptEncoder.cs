using System.Text.Encodings.Web;

namespace Talo.Reactive.Loopback.Json;

/// <summary>
/// Escapes what JavaScript's JSON.stringify escapes and nothing else, so that bodies and frames are equal to Talo's byte for byte.
/// </summary>
internal sealed unsafe class ScriptEncoder : JavaScriptEncoder
{
    public static readonly ScriptEncoder Instance = new();

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (var i = 0; i < textLength; i++)
        {
            if (WillEncode(text[i]) || !IsWhole(text, i, textLength))
                return i;
            if (char.IsHighSurrogate(text[i]))
                i++;
        }
        return -1;
    }

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';

    public override bool TryEncodeUnicodeScalar(
        int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var escape = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            < 0x20 => $"\\u{unicodeScalar:x4}",
            _ => char.ConvertFromUtf32(unicodeScalar),
        };
        numberOfCharactersWritten = 0;
        if (escape.Length > bufferLength)
            return false;
        escape.CopyTo(new System.Span<char>(buffer, bufferLength));
        numberOfCharactersWritten = escape.Length;
        return true;
    }

    private static bool IsWhole(char* text, int index, int length) =>
        !char.IsSurrogate(text[index])
        || (char.IsHighSurrogate(text[index]) && index + 1 < length && char.IsLowSurrogate(text[index + 1]));
}
