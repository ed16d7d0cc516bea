using System;
using System.Globalization;

namespace Talo.Reactive;

/// <summary>From the text of a live config to a value, for the types that a config is made of; no reflection, no culture.</summary>
internal static class ConfigValue
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    /// <exception cref="NotSupportedException">The type is not one of them, whatever the text.</exception>
    internal static bool TryRead<T>(string? text, out T value)
    {
        var read = Read(typeof(T), text);
        value = read is null ? default! : (T)read;
        return read is not null;
    }

    private static object? Read(Type type, string? text)
    {
        var culture = CultureInfo.InvariantCulture;
        if (type == typeof(string)) return text;
        if (type == typeof(bool)) return Boolean(text?.Trim());
        if (type == typeof(int)) return int.TryParse(text, Whole, culture, out var number) ? number : null;
        if (type == typeof(long)) return long.TryParse(text, Whole, culture, out var number) ? number : null;
        if (type == typeof(float)) return float.TryParse(text, NumberStyles.Float, culture, out var real) ? real : null;
        if (type == typeof(double)) return double.TryParse(text, NumberStyles.Float, culture, out var real) ? real : null;
        if (type == typeof(decimal)) return decimal.TryParse(text, NumberStyles.Float, culture, out var real) ? real : null;
        throw new NotSupportedException(
            $"A live config is read as string, bool, int, long, float, double or decimal, not as {type.Name}: "
            + "take Get<string> and read the text yourself.");
    }

    private static bool? Boolean(string? text) =>
        text == "1" || string.Equals(text, "true", StringComparison.OrdinalIgnoreCase) ? true
        : text == "0" || string.Equals(text, "false", StringComparison.OrdinalIgnoreCase) ? false
        : null;
}
