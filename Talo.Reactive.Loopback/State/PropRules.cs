using System.Collections.Generic;

namespace Talo.Reactive.Loopback.State;

/// <summary>What Talo accepts as props when an entity is created.</summary>
internal static class PropRules
{
    public const int MaxKey = 128;
    public const int MaxValue = 512;

    /// <summary>Entries without a key vanish; duplicates stay; the first fault of an entry rejects it.</summary>
    public static List<Prop> ForCreation(IEnumerable<Prop> given, List<RejectedProp> rejected)
    {
        var accepted = new List<Prop>();
        foreach (var prop in given)
        {
            if (prop.Key.Length == 0)
                continue;
            if (prop.Key.Length > MaxKey)
                rejected.Add(new(prop.Key, "PROP_KEY_TOO_LONG", $"Prop key length ({prop.Key.Length}) exceeds {MaxKey} characters"));
            else if (prop.Value.Length > MaxValue)
                rejected.Add(new(prop.Key, "PROP_VALUE_TOO_LONG", $"Prop value length ({prop.Value.Length}) exceeds {MaxValue} characters"));
            else
                accepted.Add(prop);
        }
        return accepted;
    }
}
