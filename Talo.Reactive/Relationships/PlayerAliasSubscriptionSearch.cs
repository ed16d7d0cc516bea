using System.Collections.Generic;
using System.Globalization;

namespace Talo.Reactive;

/// <summary>Which subscriptions a list has. What is null does not filter.</summary>
public sealed record PlayerAliasSubscriptionSearch
{
    /// <summary>Confirmed ones only, or requests only.</summary>
    /// <value>Default: null, both.</value>
    public bool? Confirmed { get; init; }

    /// <summary>Only with this alias on the other side.</summary>
    /// <value>Default: null, any.</value>
    public int? AliasId { get; init; }

    /// <summary>Only of this kind.</summary>
    /// <value>Default: null, any.</value>
    public RelationshipType? RelationshipType { get; init; }

    internal string Query(int page)
    {
        var terms = new List<string> { "page=" + page.ToString(CultureInfo.InvariantCulture) };
        if (Confirmed is { } confirmed) terms.Add(confirmed ? "confirmed=true" : "confirmed=false");
        if (AliasId is { } alias) terms.Add("aliasId=" + alias.ToString(CultureInfo.InvariantCulture));
        if (RelationshipType is { } type) terms.Add("relationshipType=" + System.Uri.EscapeDataString(type.Value));
        return "?" + string.Join("&", terms);
    }
}
