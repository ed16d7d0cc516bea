using System;
using Talo.Reactive.Http;

namespace Talo.Reactive;

/// <summary>Which channels a list is of. What is left null filters nothing.</summary>
public sealed class ChannelSearch
{
    /// <summary>
    /// A part of the channel's name or of its owner's identifier, in any case. <c>%</c> stands for anything and <c>_</c> for one
    /// character.
    /// </summary>
    /// <value>Default: null.</value>
    public string? Text { get; init; }

    /// <summary>Only channels that have a prop with this key.</summary>
    /// <value>Default: null.</value>
    public string? PropKey { get; init; }

    /// <summary>Only channels whose prop <see cref="PropKey"/> has this value; needs the key.</summary>
    /// <value>Default: null, any value.</value>
    public string? PropValue { get; init; }

    internal string ToPath(string path, int? page)
    {
        RequireKey(PropKey, PropValue);
        return new PathAndQuery(path)
            .With("page", page)
            .With("search", Text)
            .With("propKey", PropKey)
            .With("propValue", PropValue)
            .ToString();
    }

    /// <summary>The server ignores a value without its key, and the game would get everything.</summary>
    internal static void RequireKey(string? propKey, string? propValue)
    {
        if (propValue is not null && string.IsNullOrEmpty(propKey))
            throw new ArgumentException($"A prop's value filters only together with its key: set {nameof(PropKey)} too.", nameof(propKey));
    }
}
