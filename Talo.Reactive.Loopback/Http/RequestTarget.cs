using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace Talo.Reactive.Loopback.Http;

/// <summary>The path and query of a request, undecoded where Talo looks at them so.</summary>
internal sealed class RequestTarget
{
    private readonly List<(string Name, string Value)> query;

    public RequestTarget(string rawTarget)
    {
        var mark = rawTarget.IndexOf('?', StringComparison.Ordinal);
        var path = mark < 0 ? rawTarget : rawTarget[..mark];
        Path = path.Length > 1 && path.EndsWith('/') ? path[..^1] : path;
        query = mark < 0
            ? []
            : [.. rawTarget[(mark + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Decode)];
    }

    /// <summary>Percent-encoded as it came, without one trailing slash.</summary>
    public string Path { get; }

    public bool IsApi => Path.StartsWith("/v1/", StringComparison.Ordinal);

    /// <summary>The first value of a parameter; names are case-sensitive.</summary>
    public string? Query(string name) => QueryAll(name).FirstOrDefault();

    public IEnumerable<string> QueryAll(string name) =>
        query.Where(parameter => parameter.Name == name).Select(parameter => parameter.Value);

    private static (string Name, string Value) Decode(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? (WebUtility.UrlDecode(pair), "")
            : (WebUtility.UrlDecode(pair[..equals]), WebUtility.UrlDecode(pair[(equals + 1)..]));
    }
}
