using System;
using System.Collections.Generic;
using System.Linq;

namespace Talo.Reactive.Loopback.State;

/// <summary>Asks for a prop of an entity. Without a key it asks for nothing, and a value counts only with a key.</summary>
internal readonly record struct PropFilter(string? Key, string? Value)
{
    public bool Admits(IEnumerable<Prop> props)
    {
        var (key, value) = this;
        return string.IsNullOrEmpty(key)
            || props.Any(prop => Same(prop.Key, key) && (string.IsNullOrEmpty(value) || Same(prop.Value, value)));
    }

    private static bool Same(string stored, string asked) => stored.Equals(asked, StringComparison.OrdinalIgnoreCase);
}
