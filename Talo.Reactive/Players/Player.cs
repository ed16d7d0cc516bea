using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json;
using Talo.Reactive.Players;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>A player of the game.</summary>
[JsonConverter(typeof(EntityConverter<Player>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<Player>))]
public sealed record Player
{
    internal static readonly Player Unknown = new();

    private readonly ValueList<Prop> _props = ValueList<Prop>.Empty;
    private readonly ValueList<PlayerAlias> _aliases = ValueList<PlayerAlias>.Empty;
    private readonly ValueList<PlayerGroup> _groups = ValueList<PlayerGroup>.Empty;

    /// <summary>The id, a UUID as text.</summary>
    public string Id { get; init; } = "";

    /// <summary>The props. Never null.</summary>
    public IReadOnlyList<Prop> Props
    {
        get => _props;
        init => _props = ValueList<Prop>.Of(value);
    }

    /// <summary>
    /// The aliases. Never null; empty where the server leaves them out, which it does wherever the player is part of an alias.
    /// </summary>
    public IReadOnlyList<PlayerAlias> Aliases
    {
        get => _aliases;
        init => _aliases = ValueList<PlayerAlias>.Of(value);
    }

    /// <summary>Whether the player was made by a development build.</summary>
    public bool DevBuild { get; init; }

    /// <summary>When the player was made, UTC; null when not sent.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the player was last seen, UTC; null when not sent.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>The groups that the player is in. Never null.</summary>
    public IReadOnlyList<PlayerGroup> Groups
    {
        get => _groups;
        init => _groups = ValueList<PlayerGroup>.Of(value);
    }

    /// <summary>How the player signs in; null for a player without a Talo account.</summary>
    public PlayerAuthState? Auth { get; init; }

    /// <summary>The presence, without its alias; null for a player that never had one.</summary>
    public PlayerPresence? Presence { get; init; }

    /// <summary>The value of a prop, or <paramref name="fallback"/> where the player has none of that key.</summary>
    /// <param name="key">The key; for several values see <see cref="GetPropArray"/>.</param>
    /// <param name="fallback">What a missing prop reads as.</param>
    public string? GetProp(string key, string? fallback = null) =>
        Props.FirstOrDefault(x => string.Equals(x.Key, key, StringComparison.Ordinal))?.Value ?? fallback;

    /// <summary>The values of an array prop, in order; empty where the player has none. Never null.</summary>
    /// <param name="key">The key, with or without the <c>[]</c> at its end.</param>
    public IReadOnlyList<string> GetPropArray(string key)
    {
        var name = PropKeys.Array(key);
        return [.. Props.Where(x => string.Equals(x.Key, name, StringComparison.Ordinal)).Select(static x => x.Value ?? "")];
    }

    /// <summary>Whether the player is in a group.</summary>
    /// <param name="groupId">The id of the group, a UUID.</param>
    public bool IsInGroupId(string groupId) => Groups.Any(x => string.Equals(x.Id, groupId, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the player is in a group of that name, exactly as it is written in the dashboard.</summary>
    /// <param name="groupName">The name of the group.</param>
    public bool IsInGroupName(string groupName) => Groups.Any(x => string.Equals(x.Name, groupName, StringComparison.Ordinal));

    /// <summary>The alias on a service; null where the player has none, or where the answer left the aliases out.</summary>
    /// <param name="service">The service, such as <c>username</c>; case does not count.</param>
    public PlayerAlias? GetAlias(string service) =>
        Aliases.FirstOrDefault(x => string.Equals(x.Service, service, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"player {Id}");
}
