using System;
using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>A player on one service: the way in which a player is known to others.</summary>
/// <remarks>It is also the data of v1.players.identify.success.</remarks>
[JsonConverter(typeof(EntityConverter<PlayerAlias>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<PlayerAlias>))]
public sealed record PlayerAlias
{
    internal static readonly PlayerAlias Unknown = new();

    /// <summary>The id of the alias.</summary>
    public int Id { get; init; }

    /// <summary>The service: <c>username</c>, <c>email</c>, <c>steam</c>, <c>talo</c>… or a name of the game's own.</summary>
    public string Service { get; init; } = "";

    /// <summary>Who the player is on that service.</summary>
    public string Identifier { get; init; } = "";

    /// <summary>The name to show. The identifier, unless the game's settings name a prop for it.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>The player behind the alias. Never null; one with an empty id when the server left it out.</summary>
    public Player Player { get; init; } = Player.Unknown;

    /// <summary>When the alias was last seen, UTC; null when not sent.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>When the alias was made, UTC; null when not sent.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the alias last changed, UTC; null when not sent.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>
    /// The alias with its player as an answer told it, in the shape that a player has inside an alias. How it signs in is kept where
    /// the server sent an empty object for it, which it does in most answers.
    /// </summary>
    internal PlayerAlias With(Player player) => this with
    {
        Player = player with
        {
            Aliases = ValueList<PlayerAlias>.Empty,
            Auth = player.Auth is { Email: null, VerificationEnabled: null, SessionCreatedAt: null } ? Player.Auth ?? player.Auth : player.Auth,
        },
    };

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"{DisplayName} ({Service}, alias {Id})");
}
