using System;
using System.Collections.Generic;
using System.Linq;

namespace Talo.Reactive.Loopback.State;

internal sealed class PlayerAlias(int id, Player player, string service, string identifier, DateTimeOffset now) : IStored
{
    /// <summary>The service of players who sign in with a password: those register, and are never made by identifying.</summary>
    public const string TaloService = "talo";

    private const int MaxService = 255;
    private const int MaxIdentifier = 1024;

    public int Id { get; } = id;

    /// <summary>Another one after that one was merged with this one.</summary>
    public Player Player { get; set; } = player;

    public string Service { get; private set; } = service;
    public string Identifier { get; private set; } = identifier;
    public DateTimeOffset LastSeenAt { get; private set; } = now;
    public DateTimeOffset CreatedAt { get; private set; } = now;
    public DateTimeOffset UpdatedAt { get; private set; } = now;

    public bool IsTalo => Service == TaloService;

    /// <summary>Whether the account was deleted; a socket may still be identified as it.</summary>
    public bool IsDeleted => Player.Game.Aliases.GetValueOrDefault(Id) != this;

    public string DisplayName =>
        Player.Game.DisplayNameProp is { } key && Player.Props.FirstOrDefault(prop => prop.Key == key) is { Value: { } value }
            ? value
            : Identifier;

    public void Seen(DateTimeOffset now)
    {
        LastSeenAt = now;
        UpdatedAt = now;
        Player.LastSeenAt = now;
    }

    /// <summary>To be called by the game, which finds aliases by these.</summary>
    public void Rename(string service, string identifier, DateTimeOffset now)
    {
        Service = service;
        Identifier = identifier;
        UpdatedAt = now;
    }

    /// <summary>Whether the database has room for these names.</summary>
    public static bool Fits(string service, string identifier) =>
        service.Length <= MaxService && identifier.Length <= MaxIdentifier;

    public void Commit()
    {
        LastSeenAt = Timestamp.Stored(LastSeenAt);
        CreatedAt = Timestamp.Stored(CreatedAt);
        UpdatedAt = Timestamp.Stored(UpdatedAt);
    }
}
