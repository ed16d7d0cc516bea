using System;
using System.Collections.Generic;

namespace Talo.Reactive.Http;

/// <summary>An HTTP call as it goes to the wire.</summary>
public sealed class HttpCall
{
    /// <summary>Describes a call.</summary>
    /// <param name="method">GET, POST, PUT, PATCH or DELETE.</param>
    /// <param name="address">The whole address.</param>
    /// <param name="headers">Every header, <c>content-type</c> included.</param>
    /// <param name="body">The body as bytes, or null for none.</param>
    public HttpCall(string method, Uri address, IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte>? body)
    {
        Method = method ?? throw new ArgumentNullException(nameof(method));
        Address = address ?? throw new ArgumentNullException(nameof(address));
        Headers = headers ?? throw new ArgumentNullException(nameof(headers));
        Body = body;
    }

    /// <summary>The method, upper case.</summary>
    public string Method { get; }

    /// <summary>The whole address.</summary>
    public Uri Address { get; }

    /// <summary>Every header.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The body, or null for none.</summary>
    public ReadOnlyMemory<byte>? Body { get; }

    /// <summary>The value of a header, names compared without case; null when it is not there.</summary>
    public string? Header(string name) => HttpHeaders.Find(Headers, name);
}
