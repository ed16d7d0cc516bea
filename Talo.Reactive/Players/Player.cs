using System;
using System.Collections.Generic;
using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>A player of the game.</summary>
[JsonConverter(typeof(EntityConverter<Player>))]
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

    /// <inheritdoc/>
    public override string ToString() => $"player {Id}";
}
