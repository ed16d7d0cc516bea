using System;
using System.Collections.Generic;
using System.Security.Cryptography;

namespace Talo.Reactive.Loopback.State;

/// <summary>Everything an access key can see belongs to one game.</summary>
internal sealed class Game(int id)
{
    public int Id { get; } = id;
    public byte[] Secret { get; } = RandomNumberGenerator.GetBytes(32);
    public string? DisplayNameProp { get; set; }
    public bool VerifyRequests { get; set; }

    /// <summary>Verification key values by their version.</summary>
    public Dictionary<string, string> VerificationKeys { get; } = [];

    public Dictionary<string, Player> Players { get; } = new(StringComparer.OrdinalIgnoreCase);
    public Dictionary<int, PlayerAlias> Aliases { get; } = [];
    public SortedDictionary<int, Channel> Channels { get; } = [];
    public Subscriptions Subscriptions { get; } = new();
    public MailedCodes MailedCodes { get; } = new();
    public IReadOnlyList<Prop> LiveConfig { get; set; } = [];

    /// <summary>Service and identifier both ignore case, as the collation of Talo's database does.</summary>
    public PlayerAlias? FindAlias(string service, string identifier) =>
        aliasesByName.GetValueOrDefault(NameOf(service, identifier));

    /// <summary>By an id as clients send it, which may be any number.</summary>
    public PlayerAlias? FindAlias(double id) =>
        Math.Abs(id) <= int.MaxValue && id == Math.Truncate(id) ? Aliases.GetValueOrDefault((int)id) : null;

    public void Add(PlayerAlias alias)
    {
        Players[alias.Player.Id] = alias.Player;
        Aliases[alias.Id] = alias;
        alias.Player.Aliases.Add(alias);
        aliasesByName[NameOf(alias.Service, alias.Identifier)] = alias;
    }

    public void Remove(PlayerAlias alias)
    {
        Aliases.Remove(alias.Id);
        alias.Player.Aliases.Remove(alias);
        aliasesByName.Remove(NameOf(alias.Service, alias.Identifier));
    }

    public void Rename(PlayerAlias alias, string service, string identifier, DateTimeOffset now)
    {
        aliasesByName.Remove(NameOf(alias.Service, alias.Identifier));
        alias.Rename(service, identifier, now);
        aliasesByName[NameOf(service, identifier)] = alias;
    }

    private readonly Dictionary<(string Service, string Identifier), PlayerAlias> aliasesByName = [];

    private static (string Service, string Identifier) NameOf(string service, string identifier) =>
        (service.ToUpperInvariant(), identifier.ToUpperInvariant());
}
