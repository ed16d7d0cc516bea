using System;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Talo.Reactive.Http;

/// <summary>Signs a socket frame or the body of an HTTP call, for games that have request verification on.</summary>
internal static class RequestSignature
{
    private const int RidBytes = 8;
    private const int HashBytes = 32;
    private const int LongestNumber = 20;

    private static ReadOnlySpan<byte> Rid => "{\"rid\":\""u8;

    private static ReadOnlySpan<byte> Payload => "\",\"payload\":\""u8;

    private static ReadOnlySpan<byte> Timestamp => "\",\"timestamp\":"u8;

    private static ReadOnlySpan<byte> End => "}"u8;

    /// <summary>The value of <c>x-talo-signature</c>, which is also the first line of a signed frame.</summary>
    /// <param name="keyVersion">The version of the verification key, as the dashboard shows it.</param>
    /// <param name="keyValue">The value of the verification key.</param>
    /// <param name="rid">Unique for each request of an alias: the server takes one only once.</param>
    /// <param name="unixMilliseconds">The server's time, see <see cref="ServerClock"/>.</param>
    /// <param name="payload">The exact bytes of the body, or of the frame after its signature line.</param>
    internal static string Create(string keyVersion, string keyValue, string rid, long unixMilliseconds, ReadOnlySpan<byte> payload) =>
        Encoding.UTF8.GetString(Utf8(keyVersion, keyValue, rid, unixMilliseconds, payload));

    /// <summary>As <see cref="Create"/>, in UTF-8.</summary>
    internal static byte[] Utf8(string keyVersion, string keyValue, string rid, long unixMilliseconds, ReadOnlySpan<byte> payload)
    {
        Span<byte> time = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(unixMilliseconds, time, out var digits);
        var id = JsonEncodedText.Encode(rid).EncodedUtf8Bytes;
        var headLength = Rid.Length + id.Length + Payload.Length + (2 * HashBytes) + Timestamp.Length + digits + End.Length;
        var versionLength = Encoding.UTF8.GetByteCount(keyVersion);
        var signedLength = Base64.GetMaxEncodedToUtf8Length(headLength);

        var signature = new byte[versionLength + 1 + signedLength + 1 + Base64.GetMaxEncodedToUtf8Length(HashBytes)];
        Encoding.UTF8.GetBytes(keyVersion, signature);
        signature[versionLength] = (byte)'|';

        // The head is written to where its Base64 will stand.
        var signed = signature.AsSpan(versionLength + 1, signedLength);
        Span<byte> hash = stackalloc byte[HashBytes];
        Sha256(payload, hash);
        var rest = Put(Put(Put(signed, Rid), id), Payload);
        Hex(hash, rest);
        Put(Put(Put(rest[(2 * HashBytes)..], Timestamp), time[..digits]), End);
        Base64.EncodeToUtf8InPlace(signed, headLength, out _);

        signature[versionLength + 1 + signedLength] = (byte)'.';
        HmacSha256(keyValue, signed, hash);
        Base64.EncodeToUtf8(hash, signature.AsSpan(versionLength + 1 + signedLength + 1), out _, out _);
        return signature;
    }

    /// <summary>A new request id: 16 hex digits that cannot be guessed.</summary>
    internal static string NewRid()
    {
        Span<byte> bytes = stackalloc byte[RidBytes];
        Span<byte> hex = stackalloc byte[2 * RidBytes];
        RandomNumberGenerator.Fill(bytes);
        Hex(bytes, hex);
        return Encoding.ASCII.GetString(hex);
    }

    private static Span<byte> Put(Span<byte> to, ReadOnlySpan<byte> part)
    {
        part.CopyTo(to);
        return to[part.Length..];
    }

    private static void Hex(ReadOnlySpan<byte> bytes, Span<byte> to)
    {
        var digits = "0123456789abcdef"u8;
        for (var i = 0; i < bytes.Length; i++)
        {
            to[2 * i] = digits[bytes[i] >> 4];
            to[(2 * i) + 1] = digits[bytes[i] & 0xF];
        }
    }

#if NET8_0_OR_GREATER
    private static void Sha256(ReadOnlySpan<byte> bytes, Span<byte> hash) => SHA256.HashData(bytes, hash);

    private static void HmacSha256(string key, ReadOnlySpan<byte> bytes, Span<byte> hash) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), bytes, hash);
#else
    private static void Sha256(ReadOnlySpan<byte> bytes, Span<byte> hash)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(bytes);
        sha.TryGetHashAndReset(hash, out _);
    }

    private static void HmacSha256(string key, ReadOnlySpan<byte> bytes, Span<byte> hash)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key));
        hmac.AppendData(bytes);
        hmac.TryGetHashAndReset(hash, out _);
    }
#endif
}
