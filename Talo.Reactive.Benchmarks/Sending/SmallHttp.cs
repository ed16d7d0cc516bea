using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Talo.Reactive.Benchmarks.Frames;

namespace Talo.Reactive.Benchmarks.Sending;

/// <summary>As much of HTTP as a client needs to get at its socket: a ticket, a player, an upgrade.</summary>
internal static class SmallHttp
{
    internal static string Answer(string request)
    {
        if (request.StartsWith("POST /v1/socket-tickets", StringComparison.Ordinal)) return Ok($$"""{"ticket":"{{Guid.NewGuid()}}"}""");
        if (request.StartsWith("GET /v1/players/identify", StringComparison.Ordinal))
            return Ok($$"""{"alias":{{Faces.Alias(TaloFrames.Player)}},"socketToken":"{{Guid.NewGuid()}}"}""");
        return Reply("404 Not Found", """{"message":"Not found"}""");
    }

    /// <summary>The key of a handshake; null for any other request.</summary>
    internal static string? SocketKey(string request) => Header(request, "Sec-WebSocket-Key");

    internal static int ContentLength(string request) =>
        Header(request, "Content-Length") is { } length ? int.Parse(length, CultureInfo.InvariantCulture) : 0;

    // The hash is the protocol's (RFC 6455), it protects nothing.
#pragma warning disable CA5350
    internal static string Upgrade(string key) =>
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        + Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))) + "\r\n\r\n";
#pragma warning restore CA5350

    private static string? Header(string request, string name)
    {
        var at = request.IndexOf($"\r\n{name}:", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        var value = request.AsSpan(at + name.Length + 3);
        var end = value.IndexOf('\r');
        return (end < 0 ? value : value[..end]).Trim().ToString();
    }

    private static string Ok(string json) => Reply("200 OK", json);

    private static string Reply(string status, string json) =>
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}";
}
