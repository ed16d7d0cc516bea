using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Talo.Reactive.Http;

/// <summary>Signs a socket frame or the body of an HTTP call, for games that have request verification on.</summary>
internal static class RequestSignature
{
    private const int RidBytes = 8;
    private const int HashBytes = 32;

    /// <summary>The value of <c>x-talo-signature</c>, which is also the first line of a signed frame.</summary>
    /// <param name="keyVersion">The version of the verification key, as the dashboard shows it.</param>
    /// <param name="keyValue">The value of the verification key.</param>
    /// <param name="rid">Unique for each request of an alias: the server takes one only once.</param>
    /// <param name="unixMilliseconds">The server's time, see <see cref="ServerClock"/>.</param>
    /// <param name="payload">The exact bytes of the body, or of the frame after its signature line.</param>
    internal static string Create(
        string keyVersion, string keyValue, string rid, long unixMilliseconds, ReadOnlySpan<byte> payload)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(payload);
        sha.TryGetHashAndReset(hash, out _);

        var timestamp = unixMilliseconds.ToString(CultureInfo.InvariantCulture);
        var head = $$"""{"rid":"{{JsonEncodedText.Encode(rid)}}","payload":"{{Hex(hash)}}","timestamp":{{timestamp}}}""";
        var signed = Convert.ToBase64String(Encoding.UTF8.GetBytes(head));

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(keyValue));
        hmac.AppendData(Encoding.ASCII.GetBytes(signed));
        hmac.TryGetHashAndReset(hash, out _);
        return $"{keyVersion}|{signed}.{Convert.ToBase64String(hash)}";
    }

    /// <summary>A new request id: 16 hex digits that cannot be guessed.</summary>
    internal static string NewRid()
    {
        Span<byte> bytes = stackalloc byte[RidBytes];
        RandomNumberGenerator.Fill(bytes);
        return Hex(bytes);
    }

    private static string Hex(ReadOnlySpan<byte> bytes)
    {
        const string digits = "0123456789abcdef";
        Span<char> text = stackalloc char[2 * bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            text[2 * i] = digits[bytes[i] >> 4];
            text[(2 * i) + 1] = digits[bytes[i] & 0xF];
        }

        return new string(text);
    }
}
