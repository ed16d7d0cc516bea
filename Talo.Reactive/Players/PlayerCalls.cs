using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using Talo.Reactive.Http;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Players;

/// <summary>The calls of <c>/v1/players</c>, as requests and readers of their answers.</summary>
internal static class PlayerCalls
{
    internal static TaloRequest Find(string playerId) => new("GET", $"/v1/players/{PathAndQuery.Segment(playerId, nameof(playerId))}");

    internal static TaloRequest Search(string query) => new("GET", $"/v1/players/search?query={Uri.EscapeDataString(query)}");

    internal static TaloRequest Merge(string playerId1, string playerId2) => new("POST", "/v1/players/merge")
    {
        Body = Json(json =>
        {
            json.WriteString("playerId1", playerId1);
            json.WriteString("playerId2", playerId2);
        }),
    };

    internal static TaloRequest Patch(string playerId, IEnumerable<Prop> props) => new("PATCH", $"/v1/players/{Uri.EscapeDataString(playerId)}")
    {
        Body = Json(json =>
        {
            json.WriteStartArray("props");
            foreach (var prop in props)
            {
                json.WriteStartObject();
                json.WriteString("key", prop.Key);
                json.WriteString("value", prop.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }),
    };

    /// <summary>Reads an answer that is a player.</summary>
    /// <param name="playerId">The player that it has to be.</param>
    internal static EntityReader<Player> Answer(string playerId) => (ref Utf8JsonReader reader) =>
    {
        var player = Member.Entity(ref reader, "player"u8, PlayerJson.Read);
        return string.Equals(player.Id, playerId, StringComparison.OrdinalIgnoreCase)
            ? player
            : throw new TaloPayloadException("", "", "it is about another player than asked for, or about none");
    };

    internal static PlayerUpdate ReadUpdate(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        Player? player = null;
        var rejected = ValueList<RejectedProp>.Empty;
        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("player"u8)) player = Token.Object(ref reader, PlayerJson.Read);
            else if (member.SequenceEqual("rejectedProps"u8)) rejected = Token.List(ref reader, RejectedPropJson.Read);
            else reader.Skip();
        }

        return new PlayerUpdate { Player = player ?? throw Member.Missing("player"u8), RejectedProps = rejected };
    }

    private static byte[] Json(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
