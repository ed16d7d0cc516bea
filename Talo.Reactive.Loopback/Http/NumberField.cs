using System;
using Talo.Reactive.Loopback.Json;

namespace Talo.Reactive.Loopback.Http;

/// <summary>A whole number out of a path or query, or what is wrong with it.</summary>
internal readonly record struct NumberField(double Value, string? Fault)
{
    public static readonly NumberField NotANumber = new(0, "Invalid input: expected number, received NaN");

    public static NumberField Parse(string text) => Of(ScriptNumber.Parse(text));

    public static NumberField Of(double value)
    {
        if (double.IsNaN(value))
            return NotANumber;
        if (!double.IsFinite(value) || value != Math.Truncate(value))
            return new(0, "Invalid input: expected int, received number");
        if (value > ScriptNumber.MaxSafeInteger)
            return new(0, "Too big: expected int to be <=9007199254740991");
        return value < -ScriptNumber.MaxSafeInteger
            ? new(0, "Too small: expected int to be >=-9007199254740991")
            : new(value, null);
    }
}
