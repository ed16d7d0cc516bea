using System.IO;

namespace Talo.Reactive.Http;

/// <summary>The body of a reply was larger than the transport accepts; the rest of it was not read.</summary>
public sealed class HttpReplyTooLargeException : IOException
{
    /// <summary>Tells of a reply that was too large.</summary>
    /// <param name="maxReplyBytes">The limit in bytes.</param>
    public HttpReplyTooLargeException(long maxReplyBytes)
        : base($"The body of the reply is larger than {maxReplyBytes} bytes (maxReplyBytes of HttpClientTransport).") =>
        MaxReplyBytes = maxReplyBytes;

    /// <summary>The limit in bytes, decompressed.</summary>
    public long MaxReplyBytes { get; }
}
