using System;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Http;

/// <summary>One HTTP request on its way through the checks.</summary>
internal sealed class ApiCall(HttpContext context, RequestTarget target)
{
    public HttpRequest Request { get; } = context.Request;

    public RequestTarget Target { get; } = target;

    public string Method => Request.Method;

    /// <summary>The bytes of the body; null when there was none to parse.</summary>
    public byte[]? RawBody { get; set; }

    /// <summary>The body's JSON; an empty object when there was none.</summary>
    public JsonElement Body { get; set; } = EmptyObject;

    public AccessKey Key { get; set; } = null!;

    public Game Game => Key.Game;

    public bool IsDevBuild => Flag("x-talo-dev-build");

    public bool IncludesDevData => Flag("x-talo-include-dev-data");

    private static JsonElement EmptyObject { get; } = JsonDocument.Parse("{}").RootElement.Clone();

    /// <summary>The trimmed value of a header; null when it is not there.</summary>
    public string? Header(string name) => Request.Headers.TryGetValue(name, out var value) ? value.ToString().Trim() : null;

    private bool Flag(string header)
    {
        var value = ScriptNumber.Parse(Header(header) ?? "");
        return !double.IsNaN(value) && Math.Abs(value) > 0;
    }
}
