using System;
using System.Collections.Generic;
using System.Text.Json;

namespace Talo.Reactive.Loopback.State;

/// <summary>Issues access keys, which are JWTs to look at, and recognises them.</summary>
internal sealed class AccessKeys
{
    private readonly Dictionary<int, AccessKey> keys = [];

    public string Issue(Game game, IReadOnlyCollection<string> scopes, DateTimeOffset now)
    {
        if (Scopes.Fault(scopes) is { } fault)
            throw new ArgumentException(fault, nameof(scopes));
        var key = new AccessKey(keys.Count + 1, game, scopes);
        keys.Add(key.Id, key);
        return Jwt.Issue(game.Secret, writer =>
        {
            writer.WriteNumber("sub", key.Id);
            writer.WriteBoolean("api", true);
            writer.WriteNumber("iat", now.ToUnixTimeSeconds());
        });
    }

    public AccessKeyLookup Find(string token)
    {
        if (!Jwt.TryRead(token, out var payload))
            return AccessKeyLookup.Invalid;
        if (!payload.TryGetProperty("sub", out var sub)
            || sub.ValueKind != JsonValueKind.Number
            || !sub.TryGetInt32(out var id)
            || !keys.TryGetValue(id, out var key))
            return AccessKeyLookup.Unknown;
        return Jwt.IsGenuine(token, key.Game.Secret) && !key.IsRevoked ? new(key, null) : AccessKeyLookup.Invalid;
    }
}

/// <summary>Either the key, or the message of the 401.</summary>
internal readonly record struct AccessKeyLookup(AccessKey? Key, string? Refusal)
{
    public static readonly AccessKeyLookup Invalid = new(null, "Please provide a valid token in the Authorization header");
    public static readonly AccessKeyLookup Unknown = new(null, "Unauthorized");
}
