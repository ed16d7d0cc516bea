using System;
using System.Linq;

namespace Talo.Reactive.Loopback.State;

/// <summary>What a list of channels is narrowed to. Empty values narrow nothing; a prop value counts only with a prop key.</summary>
internal readonly record struct ChannelFilter(string? Search, string? PropKey, string? PropValue)
{
    public bool Admits(Channel channel)
    {
        var (search, key, value) = this;
        return Finds(channel, search)
            && (string.IsNullOrEmpty(key)
                || channel.Props.Any(prop => Same(prop.Key, key) && (string.IsNullOrEmpty(value) || Same(prop.Value, value))));
    }

    private static bool Finds(Channel channel, string? search) =>
        string.IsNullOrEmpty(search)
        || SqlPattern.Contains(channel.Name, search)
        || (channel.Owner is { } owner && SqlPattern.Contains(owner.Identifier, search));

    private static bool Same(string stored, string asked) => stored.Equals(asked, StringComparison.OrdinalIgnoreCase);
}
