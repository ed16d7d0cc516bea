using System;
using System.Collections.Generic;
using System.Text;
using Newtonsoft.Json.Linq;
using Talo.Reactive.Http;

namespace Talo.Reactive.Testing;

/// <summary>An HTTP call that the client made, and how it went.</summary>
public sealed class HttpExchange
{
    internal HttpExchange(HttpCall call, DateTimeOffset at, TimeSpan elapsed)
    {
        Call = call;
        At = at;
        Elapsed = elapsed;
    }

    /// <summary>The call itself.</summary>
    public HttpCall Call { get; }

    /// <summary>The clock of the scheduler when it was made.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The time since the script was made when it was made.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The method, upper case.</summary>
    public string Method => Call.Method;

    /// <summary>The path without the query.</summary>
    public string Path => Call.Address.AbsolutePath;

    /// <summary>The path and the query.</summary>
    public string PathAndQuery => Call.Address.PathAndQuery;

    /// <summary>Every header.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => Call.Headers;

    /// <summary>The body as text; empty when there is none.</summary>
    public string BodyText => Call.Body is { } body ? Encoding.UTF8.GetString(body.Span) : string.Empty;

    /// <summary>The body as a JSON object; empty when it is none.</summary>
    public JObject Json => ScriptJson.TryParse(BodyText) ?? new JObject();

    /// <summary>The reply, or null while there is none.</summary>
    public HttpReply? Reply { get; internal set; }

    /// <summary>The failure, or null.</summary>
    public Exception? Error { get; internal set; }

    /// <summary>The clock of the scheduler when the client gave it up unanswered, or null.</summary>
    public DateTimeOffset? GivenUpAt { get; internal set; }

    /// <summary>Whether it is under way.</summary>
    public bool IsPending => Reply is null && Error is null && GivenUpAt is null;

    /// <summary>The value of a request header, names compared without case; null when it is not there.</summary>
    public string? Header(string name) => Call.Header(name);

    /// <summary>Method, path, query and status, as <c>POST /v1/socket-tickets: 200</c>.</summary>
    public override string ToString() => Reply is null ? $"{Method} {PathAndQuery}" : $"{Method} {PathAndQuery}: {Reply.Status}";
}
