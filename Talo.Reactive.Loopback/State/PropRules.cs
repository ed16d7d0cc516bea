using System;
using System.Collections.Generic;

namespace Talo.Reactive.Loopback.State;

/// <summary>What Talo accepts as props. Lengths are those of JavaScript, in UTF-16 code units.</summary>
internal static class PropRules
{
    public const int MaxKey = 128;
    public const int MaxValue = 512;
    public const int MaxLiveConfigValue = 4096;
    public const int MaxArray = 1000;

    /// <summary>Several props with such a key form an array.</summary>
    public static bool IsArrayKey(string key) => key.EndsWith("[]", StringComparison.Ordinal);

    /// <summary>The first fault of a prop; a null value has none.</summary>
    public static RejectedProp? Fault(string key, string? value, int maxValue = MaxValue)
    {
        if (key.Length > MaxKey)
            return new(key, "PROP_KEY_TOO_LONG", $"Prop key length ({key.Length}) exceeds {MaxKey} characters");
        if (value?.Length > maxValue)
            return new(key, "PROP_VALUE_TOO_LONG", $"Prop value length ({value.Length}) exceeds {maxValue} characters");
        return null;
    }

    public static RejectedProp? ArrayFault(string key, int length) => length > MaxArray
        ? new(key, "PROP_ARRAY_TOO_LONG", $"Prop array length ({length}) for key '{key}' exceeds {MaxArray} items")
        : null;

    /// <summary>Entries without a key vanish; duplicates stay; the first fault of an entry rejects it.</summary>
    public static List<Prop> ForCreation(IEnumerable<Prop> given, List<RejectedProp> rejected)
    {
        var accepted = new List<Prop>();
        foreach (var prop in given)
        {
            if (prop.Key.Length == 0)
                continue;
            if (Fault(prop.Key, prop.Value) is { } fault)
                rejected.Add(fault);
            else
                accepted.Add(prop);
        }
        return accepted;
    }
}
