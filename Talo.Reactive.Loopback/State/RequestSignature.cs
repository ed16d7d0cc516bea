using System;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Talo.Reactive.Loopback.Json;

namespace Talo.Reactive.Loopback.State;

/// <summary>A signature <c>version|header.signature</c> taken apart; the header is Base64 of a JSON object.</summary>
internal sealed record RequestSignature(string Version, string Header, string Mac, string Rid, string? Payload, double Timestamp)
{
    public static RequestSignature? Parse(string? text)
    {
        if (text is null)
            return null;
        var bar = text.IndexOf('|', StringComparison.Ordinal);
        var dot = bar < 0 ? -1 : text.IndexOf('.', bar + 1);
        if (dot < 0)
            return null;
        var header = text[(bar + 1)..dot];
        if (!JsonText.TryParse(LenientBase64.Decode(header), out var json) || json.ValueKind != JsonValueKind.Object)
            return null;
        return new(
            text[..bar],
            header,
            text[(dot + 1)..],
            json.TryGetProperty("rid", out var rid) ? rid.ToString() : "undefined",
            json.TryGetProperty("payload", out var payload) && payload.ValueKind == JsonValueKind.String ? payload.GetString()! : null,
            json.TryGetProperty("timestamp", out var timestamp) ? Number(timestamp) : double.NaN);
    }

    public bool IsGenuine(Game game, ReadOnlySpan<byte> payload)
    {
        if (!game.VerificationKeys.TryGetValue(Version, out var key))
            return false;
        if (Payload != Convert.ToHexStringLower(SHA256.HashData(payload)))
            return false;
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(Header));
        return CryptographicOperations.FixedTimeEquals(mac, LenientBase64.Decode(Mac));
    }

    private static double Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String => ScriptNumber.Parse(value.GetString()!),
        JsonValueKind.True => 1,
        JsonValueKind.False or JsonValueKind.Null => 0,
        _ => double.NaN,
    };
}
