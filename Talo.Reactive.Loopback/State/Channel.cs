using System;
using System.Collections.Generic;
using System.Linq;

namespace Talo.Reactive.Loopback.State;

internal sealed class Channel(int id, Game game, string name, DateTimeOffset now) : IStored
{
    public const int MaxName = 255;

    private readonly SortedDictionary<int, PlayerAlias> members = [];
    private IReadOnlyList<Prop> props = [];
    private DateTimeOffset updatedAt = now;
    private int unflushedMessages;
    private ToldChannel? told;

    public int Id { get; } = id;
    public Game Game { get; } = game;
    public string Name { get; set; } = name;
    public PlayerAlias? Owner { get; set; }
    public int TotalMessages { get; private set; }

    public IReadOnlyList<Prop> Props
    {
        get => props;
        set
        {
            props = value;
            told = null;
        }
    }

    public ChannelStorage Storage { get; } = new();
    public bool AutoCleanup { get; set; }
    public bool IsPrivate { get; set; }
    public bool TemporaryMembership { get; set; }
    public DateTimeOffset CreatedAt { get; private set; } = now;

    public DateTimeOffset UpdatedAt
    {
        get => updatedAt;
        set
        {
            updatedAt = value;
            told = null;
        }
    }

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
        updatedAt = now;
        return true;
    }

    /// <summary>What messages tell of the count: Talo keeps a copy for them, which only another change of the channel renews.</summary>
    public ToldChannel AsTold(DateTimeOffset now)
    {
        if (told is not { } copy || now >= copy.Expires)
            told = copy = new(TotalMessages, UpdatedAt, now + ToldChannel.Lifetime);
        return copy;
    }

    public void Commit()
    {
        CreatedAt = Timestamp.Stored(CreatedAt);
        updatedAt = Timestamp.Stored(updatedAt);
    }
}
