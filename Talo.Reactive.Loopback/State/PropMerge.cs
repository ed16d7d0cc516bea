using System.Collections.Generic;
using System.Linq;

namespace Talo.Reactive.Loopback.State;

/// <summary>
/// How the props of a channel or player change. A scalar takes the first value asked for; an array that is asked for at all is
/// replaced whole. What results: new scalars, kept scalars, new arrays, kept arrays.
/// </summary>
internal static class PropMerge
{
    /// <summary>The props after the change. What ends up in <paramref name="rejected"/> has lost its old value as well.</summary>
    public static List<Prop> Apply(
        IReadOnlyList<Prop> stored, IEnumerable<PropChange> changes, List<RejectedProp> rejected, int maxValue = PropRules.MaxValue)
    {
        var asked = changes.Where(change => change.Key.Length > 0).ToLookup(change => PropRules.IsArrayKey(change.Key));
        var kept = stored.ToLookup(prop => PropRules.IsArrayKey(prop.Key));
        var arrays = MergeArrays(kept[true], asked[true], rejected);
        var accepted = new List<Prop>();
        foreach (var prop in MergeScalars(kept[false], asked[false]).Concat(arrays))
        {
            if (PropRules.Fault(prop.Key, prop.Value, maxValue) is { } fault)
                rejected.Add(fault);
            else
                accepted.Add(prop);
        }
        return accepted;
    }

    private static IEnumerable<Prop> MergeScalars(IEnumerable<Prop> stored, IEnumerable<PropChange> asked) =>
        asked
            .Concat(stored.Select(prop => new PropChange(prop.Key, prop.Value)))
            .DistinctBy(change => change.Key)
            .Where(change => change.Value is not null)
            .Select(change => new Prop(change.Key, change.Value!));

    private static List<Prop> MergeArrays(IEnumerable<Prop> stored, IEnumerable<PropChange> asked, List<RejectedProp> rejected)
    {
        var replaced = asked.Select(change => change.Key).ToHashSet();
        var merged = asked
            .Where(change => change.Value is not null)
            .Select(change => new Prop(change.Key, change.Value!))
            .Concat(stored.Where(prop => !replaced.Contains(prop.Key)))
            .Distinct()
            .ToList();
        foreach (var array in merged.GroupBy(prop => prop.Key).ToList())
        {
            if (PropRules.ArrayFault(array.Key, array.Count()) is not { } fault)
                continue;
            rejected.Add(fault);
            merged.RemoveAll(prop => prop.Key == array.Key);
        }
        return merged;
    }
}
