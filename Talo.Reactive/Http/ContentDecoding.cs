using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace Talo.Reactive.Http;

/// <summary>Takes gzip and deflate off a body: done here, so that it does not depend on the handler that a game gives.</summary>
internal static class ContentDecoding
{
    internal static byte[] Decode(byte[] body, IReadOnlyList<KeyValuePair<string, string>> headers, long limit, out bool wasEncoded)
    {
        var encodings = headers.Where(static header => Is(header, "content-encoding"))
            .SelectMany(static header => header.Value.Split(','))
            .Select(static encoding => encoding.Trim().ToLowerInvariant())
            .Where(static encoding => encoding is not ("" or "identity"))
            .ToArray();

        wasEncoded = encodings.Length > 0 && encodings.All(static encoding => encoding is "gzip" or "x-gzip" or "deflate");
        // A reply without a body (HEAD, 204, 304) may still name an encoding.
        if (!wasEncoded || body.Length == 0) return body;

        return Enumerable.Reverse(encodings).Aggregate(body, (bytes, encoding) => Decompress(bytes, encoding, limit));
    }

    internal static IReadOnlyList<KeyValuePair<string, string>> WithoutEncoding(IReadOnlyList<KeyValuePair<string, string>> headers) =>
        headers.Where(static header => !Is(header, "content-encoding") && !Is(header, "content-length")).ToArray();

    private static byte[] Decompress(byte[] body, string encoding, long limit)
    {
        using Stream plain = encoding == "deflate" ? Inflate(body) : new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        using var decoded = new BoundedBody(limit);
        plain.CopyTo(decoded);
        return decoded.ToArray();
    }

    // "deflate" means zlib, and some servers send the bare data: two bytes of zlib header tell which.
    private static DeflateStream Inflate(byte[] body)
    {
        var hasHeader = body.Length >= 2 && (body[0] & 0x0F) == 8 && ((body[0] << 8) | body[1]) % 31 == 0;
        return new DeflateStream(new MemoryStream(body, hasHeader ? 2 : 0, body.Length - (hasHeader ? 2 : 0)), CompressionMode.Decompress);
    }

    private static bool Is(KeyValuePair<string, string> header, string name) =>
        string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase);
}
