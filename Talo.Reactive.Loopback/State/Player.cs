using System;
using System.Collections.Generic;

namespace Talo.Reactive.Loopback.State;

internal sealed class Player(Game game, DateTimeOffset now, bool devBuild) : IStored
{
    public string Id { get; } = Guid.NewGuid().ToString();
    public Game Game { get; } = game;
    public bool DevBuild { get; } = devBuild;
    public IReadOnlyList<Prop> Props { get; set; } = devBuild ? [new Prop("META_DEV_BUILD", "1")] : [];
    public List<PlayerAlias> Aliases { get; } = [];

    /// <summary>Null for a player who does not sign in with a password.</summary>
    public PlayerAuth? Auth { get; set; }

    public Presence? Presence { get; set; }
    public DateTimeOffset CreatedAt { get; private set; } = now;
    public DateTimeOffset LastSeenAt { get; set; } = now;

    public void Commit()
    {
        CreatedAt = Timestamp.Stored(CreatedAt);
        LastSeenAt = Timestamp.Stored(LastSeenAt);
    }
}
