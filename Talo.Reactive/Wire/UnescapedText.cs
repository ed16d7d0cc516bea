using System;
using System.Globalization;
using System.Text;

namespace Talo.Reactive.Wire;

/// <summary>A text with its escapes resolved, that knows where in the original each of its characters stood.</summary>
internal sealed class UnescapedText
{
    private const int UnicodeEscape = 6;
    private const int PercentEscape = 3;
    private const int LongestUtf8 = 4;

    private readonly char[] _characters;

    // One entry more than there are characters: the end of the last one.
    private readonly int[] _starts;
    private int _length;

    private UnescapedText(int most)
    {
        _characters = new char[most];
        _starts = new int[most + 1];
    }

    internal ReadOnlySpan<char> Characters => _characters.AsSpan(0, _length);

    /// <summary>Where a stretch of this text stands in the text that it was made from.</summary>
    internal Stretch Origin(Stretch stretch) => new(_starts[stretch.Start], _starts[stretch.End]);

    /// <summary>What a JSON string says. Text around strings stays as it is; null where nothing is escaped.</summary>
    internal static UnescapedText? Json(ReadOnlySpan<char> text)
    {
        var isEscaped = false;
        if (text.IndexOf('\\') < 0) return null;
        var unescaped = new UnescapedText(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var length = JsonCharacter(text[at..], out var c);
            isEscaped |= length > 1;
            unescaped.Add(c, at);
            at += length;
        }

        if (!isEscaped) return null;
        unescaped.Mend();
        return unescaped.EndingAt(text.Length);
    }

    /// <summary>What a part of an address says; null where nothing is escaped.</summary>
    internal static UnescapedText? Address(ReadOnlySpan<char> text)
    {
        var isEscaped = false;
        if (text.IndexOf('%') < 0) return null;
        var unescaped = new UnescapedText(text.Length);
        Span<char> characters = stackalloc char[LongestUtf8];
        for (var at = 0; at < text.Length;)
        {
            var length = AddressCharacter(text[at..], characters, out var count);
            isEscaped |= length > 1;
            for (var i = 0; i < count; i++) unescaped.Add(characters[i], at);
            at += length;
        }

        return isEscaped ? unescaped.EndingAt(text.Length) : null;
    }

    private static int JsonCharacter(ReadOnlySpan<char> text, out char c)
    {
        c = text[0];
        if (c != '\\' || text.Length == 1) return 1;
        switch (text[1])
        {
            case '"' or '\\' or '/': c = text[1]; return 2;
            case 'b': c = '\b'; return 2;
            case 'f': c = '\f'; return 2;
            case 'n': c = '\n'; return 2;
            case 'r': c = '\r'; return 2;
            case 't': c = '\t'; return 2;
            case 'u' when TryHex(text, 2, UnicodeEscape, out var code): c = (char)code; return UnicodeEscape;
            default: return 1;
        }
    }

    /// <summary>The bytes of one character in UTF-8, and how much of the text says them.</summary>
    private static int AddressCharacter(ReadOnlySpan<char> text, Span<char> characters, out int count)
    {
        Span<byte> utf8 = stackalloc byte[LongestUtf8];
        var bytes = 0;
        while (bytes < (bytes == 0 ? 1 : Utf8Length(utf8[0])) && TryPercent(text[(bytes * PercentEscape)..], out utf8[bytes])) bytes++;
        if (bytes > 0 && bytes == Utf8Length(utf8[0]))
        {
            count = Encoding.UTF8.GetChars(utf8[..bytes], characters);
            return bytes * PercentEscape;
        }

        characters[0] = text[0];
        count = 1;
        return 1;
    }

    private static int Utf8Length(byte first) => first switch
    {
        >= 0xf0 => 4,
        >= 0xe0 => 3,
        >= 0xc0 => 2,
        _ => 1,
    };

    private static bool TryPercent(ReadOnlySpan<char> text, out byte value)
    {
        value = 0;
        if (text.IsEmpty || text[0] != '%' || !TryHex(text, 1, PercentEscape, out var code)) return false;
        value = (byte)code;
        return true;
    }

    private static bool TryHex(ReadOnlySpan<char> text, int from, int to, out int code)
    {
        code = 0;
        return text.Length >= to && int.TryParse(text[from..to], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
    }

    /// <summary>As the reader of JSON has it (<see cref="JsonText"/>).</summary>
    private void Mend()
    {
        var lone = Surrogates.IndexOfLone(Characters, 0);
        for (; lone >= 0; lone = Surrogates.IndexOfLone(Characters, lone + 1)) _characters[lone] = '\uFFFD';
    }

    private void Add(char c, int start)
    {
        _characters[_length] = c;
        _starts[_length++] = start;
    }

    private UnescapedText EndingAt(int end)
    {
        _starts[_length] = end;
        return this;
    }
}
