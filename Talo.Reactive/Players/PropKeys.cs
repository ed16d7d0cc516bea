using System;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Players;

/// <summary>Keys and values that the game gives.</summary>
internal static class PropKeys
{
    private const string Suffix = "[]";

    /// <summary>The key of an array prop, given with or without its ending.</summary>
    internal static string Array(string key) => key.EndsWith(Suffix, StringComparison.Ordinal) ? key : key + Suffix;

    internal static string RequireKey(string key, string parameter)
    {
        if (string.IsNullOrWhiteSpace(key) || key == Suffix) throw new ArgumentException("Give the prop a key.", parameter);
        OutgoingText.RequireWhole(key, parameter);
        return key;
    }

    internal static string RequireScalar(string key, string parameter) =>
        PropChanges.IsArray(RequireKey(key, parameter))
            ? throw new ArgumentException($"A key that ends in {Suffix} is a list of values: use SetPropArray, InsertIntoPropArray or DeletePropArray.", parameter)
            : key;

    internal static string RequireValue(string? value, string parameter)
    {
        if (value is null) throw new ArgumentNullException(parameter, "Give a value, which may be empty. A prop is deleted by DeleteProp or DeletePropArray.");
        OutgoingText.RequireWhole(value, parameter);
        return value;
    }
}
