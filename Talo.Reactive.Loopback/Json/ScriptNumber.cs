using System;
using System.Globalization;

namespace Talo.Reactive.Loopback.Json;

/// <summary>Numbers as JavaScript reads and writes them.</summary>
internal static class ScriptNumber
{
    public const double MaxSafeInteger = 9007199254740991;

    /// <summary>JavaScript's Number(text): NaN when it is none, 0 when it is blank.</summary>
    public static double Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
            return 0;
        if (trimmed.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return ulong.TryParse(trimmed.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex)
                ? hex
                : double.NaN;
        }
        if (trimmed is "Infinity" or "+Infinity")
            return double.PositiveInfinity;
        if (trimmed is "-Infinity")
            return double.NegativeInfinity;
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var isNumeral = char.IsAsciiDigit(trimmed[^1]) || trimmed[^1] == '.';
        return isNumeral && double.TryParse(trimmed, style, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;
    }

    public static string Format(double value)
    {
        if (!double.IsFinite(value))
            return "null";
        if (value == 0)
            return "0";
        var size = Math.Abs(value);
        if (size is >= 1e-6 and < 1e21)
        {
            var plain = value.ToString("R", CultureInfo.InvariantCulture);
            return plain.Contains('E', StringComparison.Ordinal)
                ? decimal.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.############################", CultureInfo.InvariantCulture)
                : plain;
        }
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var mantissa = text[..text.IndexOf('E', StringComparison.Ordinal)];
        var exponent = int.Parse(text.AsSpan(mantissa.Length + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return $"{mantissa}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}";
    }
}
