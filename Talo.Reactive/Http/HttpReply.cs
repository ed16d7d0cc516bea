using System;
using System.Collections.Generic;

namespace Talo.Reactive.Http;

/// <summary>An HTTP reply as it came from the wire, decompressed.</summary>
public sealed class HttpReply
{
    /// <summary>Describes a reply.</summary>
    public HttpReply(int status, IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body)
    {
        Status = status;
        Headers = headers ?? throw new ArgumentNullException(nameof(headers));
        Body = body;
    }

    /// <summary>The status code.</summary>
    public int Status { get; }

    /// <summary>The headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The body, empty when there is none.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The value of a header, names compared without case; null when it is not there.</summary>
    public string? Header(string name) => HttpHeaders.Find(Headers, name);
}
