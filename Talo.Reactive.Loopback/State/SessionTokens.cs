using System;
using System.Security.Cryptography;
using System.Text.Json;

namespace Talo.Reactive.Loopback.State;

/// <summary>
/// The tokens of a session. A refresh token is signed with a key of its own, so that neither kind passes for the other.
/// </summary>
internal static class SessionTokens
{
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(30);

    /// <summary>A session that does not end by itself.</summary>
    public static string Unending(PlayerAlias alias, DateTimeOffset now) => Issue(KeyOf(alias)!, alias, null, now, null);

    /// <summary>A session that has to be refreshed.</summary>
    public static string Session(PlayerAlias alias, DateTimeOffset now) =>
        Issue(KeyOf(alias)!, alias, "session", now, now + SessionLifetime);

    public static string Refresh(PlayerAlias alias, DateTimeOffset now) =>
        Issue(RefreshKey(KeyOf(alias)!), alias, "refresh", now, now + RefreshLifetime);

    /// <summary>Whether it is a token of the alias' present session.</summary>
    public static bool IsSession(string token, PlayerAlias alias, DateTimeOffset now) =>
        KeyOf(alias) is { } key && IsOf(token, key, alias, now);

    /// <summary>The alias whose session a refresh token prolongs; null when the token is not good for that.</summary>
    public static PlayerAlias? RefreshedBy(string token, Game game, DateTimeOffset now) =>
        Jwt.TryRead(token, out var payload)
        && payload.TryGetProperty("aliasId", out var id)
        && id.ValueKind == JsonValueKind.Number
        && game.FindAlias(id.GetDouble()) is { } alias
        && KeyOf(alias) is { } key
        && IsOf(token, RefreshKey(key), alias, now)
            ? alias
            : null;

    private static bool IsOf(string token, byte[] key, PlayerAlias alias, DateTimeOffset now) =>
        Jwt.TryRead(token, out var payload)
        && Jwt.IsGenuine(token, key)
        && payload.GetProperty("playerId").GetString() == alias.Player.Id
        && payload.GetProperty("aliasId").GetInt32() == alias.Id
        && (!payload.TryGetProperty("exp", out var end) || now.ToUnixTimeSeconds() < end.GetInt64());

    private static string Issue(byte[] key, PlayerAlias alias, string? type, DateTimeOffset now, DateTimeOffset? end) =>
        Jwt.Issue(key, writer =>
        {
            writer.WriteString("playerId", alias.Player.Id);
            writer.WriteNumber("aliasId", alias.Id);
            if (type is not null)
                writer.WriteString("type", type);
            writer.WriteNumber("iat", now.ToUnixTimeSeconds());
            if (end is { } time)
                writer.WriteNumber("exp", time.ToUnixTimeSeconds());
        });

    private static byte[]? KeyOf(PlayerAlias alias) => alias.IsTalo ? alias.Player.Auth?.SessionKey : null;

    private static byte[] RefreshKey(byte[] key) => HMACSHA256.HashData(key, "refresh"u8);
}
