using Talo.Reactive.Http;

namespace Talo.Reactive;

/// <summary>Which members of a channel a list is of. What is left null filters nothing.</summary>
public sealed class ChannelMemberSearch
{
    /// <summary>The member's player id, a UUID.</summary>
    /// <value>Default: null.</value>
    public string? PlayerId { get; init; }

    /// <summary>The member's alias id.</summary>
    /// <value>Default: null.</value>
    public int? AliasId { get; init; }

    /// <summary>The member's whole identifier.</summary>
    /// <value>Default: null.</value>
    public string? Identifier { get; init; }

    /// <summary>Only members whose player has a prop with this key.</summary>
    /// <value>Default: null.</value>
    public string? PropKey { get; init; }

    /// <summary>Only members whose player's prop <see cref="PropKey"/> has this value; needs the key.</summary>
    /// <value>Default: null, any value.</value>
    public string? PropValue { get; init; }

    /// <summary>Only members in this player group, a UUID.</summary>
    /// <value>Default: null.</value>
    public string? PlayerGroupId { get; init; }

    internal string ToPath(string path, int page)
    {
        ChannelSearch.RequireKey(PropKey, PropValue);
        // These are the names that the server reads; the propKey and propValue of its documentation filter nothing.
        return new PathAndQuery(path)
            .With("page", page)
            .With("playerId", PlayerId)
            .With("aliasId", AliasId)
            .With("identifier", Identifier)
            .With("playerPropKey", PropKey)
            .With("playerPropValue", PropValue)
            .With("playerGroupId", PlayerGroupId)
            .ToString();
    }
}
