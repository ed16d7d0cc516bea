using System;
using System.Collections.Generic;
using System.Linq;

namespace Talo.Reactive.Loopback.State;

internal sealed class Channel(int id, Game game, string name, DateTimeOffset now) : IStored
{
    public const int MaxName = 255;

    private readonly SortedDictionary<int, PlayerAlias> members = [];
    private int unflushedMessages;

    public int Id { get; } = id;
    public Game Game { get; } = game;
    public string Name { get; set; } = name;
    public PlayerAlias? Owner { get; set; }
    public int TotalMessages { get; private set; }
    public IReadOnlyList<Prop> Props { get; set; } = [];
    public ChannelStorage Storage { get; } = new();
    public bool AutoCleanup { get; set; }
    public bool IsPrivate { get; set; }
    public bool TemporaryMembership { get; set; }
    public DateTimeOffset CreatedAt { get; private set; } = now;
    public DateTimeOffset UpdatedAt { get; set; } = now;

    /// <summary>By ascending alias id.</summary>
    public IReadOnlyCollection<PlayerAlias> Members => members.Values;

    public bool Has(PlayerAlias? alias) => alias is not null && members.ContainsKey(alias.Id);

    public bool Add(PlayerAlias alias) => members.TryAdd(alias.Id, alias);

    public bool Remove(PlayerAlias alias) => members.Remove(alias.Id);

    public int CountMembers(bool includeDevPlayers) =>
        includeDevPlayers ? members.Count : members.Values.Count(member => !member.Player.DevBuild);

    public void CountMessage() => unflushedMessages++;

    /// <summary>Talo adds the messages up every half minute rather than one by one.</summary>
    public bool FlushMessages(DateTimeOffset now)
    {
        if (unflushedMessages == 0)
            return false;
        TotalMessages += unflushedMessages;
        unflushedMessages = 0;
        UpdatedAt = now;
        return true;
    }

    public void Commit()
    {
        CreatedAt = Timestamp.Stored(CreatedAt);
        UpdatedAt = Timestamp.Stored(UpdatedAt);
    }
}
