using System;
using System.Collections.Generic;
using System.Text.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>What a search for players found. The server shows its first 25 and has no further pages.</summary>
public sealed record PlayerSearchPage
{
    private readonly ValueList<Player> _players = ValueList<Player>.Empty;

    /// <summary>The players, last seen first, with their props and aliases. Never null.</summary>
    public IReadOnlyList<Player> Players
    {
        get => _players;
        init => _players = ValueList<Player>.Of(value);
    }

    /// <summary>How many match in all.</summary>
    public int Count { get; init; }

    /// <summary>How many the server shows at most.</summary>
    public int ItemsPerPage { get; init; }

    /// <summary>Whether these are all.</summary>
    public bool IsLastPage { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Players.Count} of {Count} player(s)";

    internal static PlayerSearchPage Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var players = ValueList<Player>.Empty;
        var count = 0;
        var itemsPerPage = 0;
        var isLastPage = true;
        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("players"u8)) players = Token.List(ref reader, PlayerJson.Read);
            else if (member.SequenceEqual("count"u8)) count = Token.Int32(ref reader);
            else if (member.SequenceEqual("itemsPerPage"u8)) itemsPerPage = Token.Int32(ref reader);
            else if (member.SequenceEqual("isLastPage"u8)) isLastPage = Token.Boolean(ref reader);
            else reader.Skip();
        }

        return new PlayerSearchPage { Players = players, Count = count, ItemsPerPage = itemsPerPage, IsLastPage = isLastPage };
    }
}
