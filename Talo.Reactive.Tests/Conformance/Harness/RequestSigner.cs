using System;
using System.Security.Cryptography;
using System.Text;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>Makes the signature of a request, right or wrong, from its parts.</summary>
internal sealed record RequestSigner(string Version, string Key)
{
    public static string Hash(string payload) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(payload)));

    public string Sign(string payload, DateTimeOffset at, string? rid = null) =>
        SignHeader($$"""{"rid":"{{rid ?? Guid.NewGuid().ToString("N")}}","payload":"{{Hash(payload)}}","timestamp":{{at.ToUnixTimeMilliseconds()}}}""");

    /// <summary>The signature over the given JSON header, whatever it says.</summary>
    public string SignHeader(string json)
    {
        var header = Convert.ToBase64String(Encoding.UTF8.GetBytes(json));
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.ASCII.GetBytes(header));
        return $"{Version}|{header}.{Convert.ToBase64String(mac)}";
    }

    /// <summary>A whole frame: the signature, a newline, the JSON.</summary>
    public string Frame(string json, DateTimeOffset at, string? rid = null) => $"{Sign(json, at, rid)}\n{json}";
}
