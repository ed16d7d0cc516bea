using System;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Talo.Reactive.Loopback.Json;

namespace Talo.Reactive.Loopback.State;

/// <summary>The one kind of JWT that Talo makes: HS256.</summary>
internal static class Jwt
{
    private static readonly string Header = Encode("""{"alg":"HS256","typ":"JWT"}"""u8);

    public static string Issue(byte[] secret, Action<Utf8JsonWriter> members)
    {
        var payload = Encode(JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }));
        return $"{Header}.{payload}.{Sign(secret, $"{Header}.{payload}")}";
    }

    /// <summary>What the token says, whoever signed it; false for what is no JWT at all.</summary>
    public static bool TryRead(string token, out JsonElement payload)
    {
        payload = default;
        var parts = token.Split('.');
        return parts.Length == 3 && TryDecode(parts[0], out _) && TryDecode(parts[1], out payload);
    }

    public static bool IsGenuine(string token, byte[] secret)
    {
        var signed = token.LastIndexOf('.');
        return signed >= 0 && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Sign(secret, token[..signed])), Encoding.UTF8.GetBytes(token[(signed + 1)..]));
    }

    private static string Sign(byte[] secret, string text) =>
        Encode(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)));

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
