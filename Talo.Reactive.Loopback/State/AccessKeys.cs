using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Talo.Reactive.Loopback.Json;

namespace Talo.Reactive.Loopback.State;

/// <summary>Issues access keys, which are JWTs to look at, and recognises them.</summary>
internal sealed class AccessKeys
{
    private static readonly string Header = Encode("""{"alg":"HS256","typ":"JWT"}"""u8);

    private readonly Dictionary<int, AccessKey> keys = [];

    public string Issue(Game game, IReadOnlyCollection<string> scopes, DateTimeOffset now)
    {
        if (Scopes.Fault(scopes) is { } fault)
            throw new ArgumentException(fault, nameof(scopes));
        var key = new AccessKey(keys.Count + 1, game, scopes);
        keys.Add(key.Id, key);
        var payload = Encode(JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("sub", key.Id);
            writer.WriteBoolean("api", true);
            writer.WriteNumber("iat", now.ToUnixTimeSeconds());
            writer.WriteEndObject();
        }));
        return $"{Header}.{payload}.{Sign(game, $"{Header}.{payload}")}";
    }

    public AccessKeyLookup Find(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !TryDecode(parts[0], out _) || !TryDecode(parts[1], out var payload))
            return AccessKeyLookup.Invalid;
        if (!payload.TryGetProperty("sub", out var sub) || sub.ValueKind != JsonValueKind.Number || !sub.TryGetInt32(out var id) || !keys.TryGetValue(id, out var key))
            return AccessKeyLookup.Unknown;
        var isGenuine = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Sign(key.Game, $"{parts[0]}.{parts[1]}")), Encoding.UTF8.GetBytes(parts[2]));
        return isGenuine && !key.IsRevoked ? new(key, null) : AccessKeyLookup.Invalid;
    }

    private static string Sign(Game game, string text) =>
        Encode(HMACSHA256.HashData(game.Secret, Encoding.ASCII.GetBytes(text)));

    private static string Encode(ReadOnlySpan<byte> bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static bool TryDecode(string part, out JsonElement json)
    {
        json = default;
        return LenientBase64.Decode(part) is { Length: > 0 } bytes
            && JsonText.TryParse(bytes, out json)
            && json.ValueKind == JsonValueKind.Object;
    }
}

/// <summary>Either the key, or the message of the 401.</summary>
internal readonly record struct AccessKeyLookup(AccessKey? Key, string? Refusal)
{
    public static readonly AccessKeyLookup Invalid = new(null, "Please provide a valid token in the Authorization header");
    public static readonly AccessKeyLookup Unknown = new(null, "Unauthorized");
}
