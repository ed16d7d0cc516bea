using System;
using System.Linq;

namespace Talo.Reactive.Loopback.State;

internal sealed class PlayerAlias(int id, Player player, string service, string identifier, DateTimeOffset now) : IStored
{
    public int Id { get; } = id;

    /// <summary>Another one after that one was merged with this one.</summary>
    public Player Player { get; set; } = player;

    public string Service { get; } = service;
    public string Identifier { get; } = identifier;
    public DateTimeOffset LastSeenAt { get; private set; } = now;
    public DateTimeOffset CreatedAt { get; private set; } = now;
    public DateTimeOffset UpdatedAt { get; private set; } = now;

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

    public void Commit()
    {
        LastSeenAt = Timestamp.Stored(LastSeenAt);
        CreatedAt = Timestamp.Stored(CreatedAt);
        UpdatedAt = Timestamp.Stored(UpdatedAt);
    }
}
