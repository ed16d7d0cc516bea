using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>What an HTTP call was answered.</summary>
internal sealed class Answer(string call, HttpResponseMessage response, byte[] bytes)
{
    public int Status => (int)response.StatusCode;

    public string Body { get; } = System.Text.Encoding.UTF8.GetString(bytes);

    public byte[] Bytes => bytes;

    /// <summary>The status, the headers that every answer has, and the body.</summary>
    public Answer Expect(int status, string template = "")
    {
        if (Status != status)
            Assert.Fail($"{call} was answered {Status} instead of {status}: {Body}");
        Template.Check(Body, template, $"The answer to {call}");
        // A body that cannot be parsed is refused before anything else is looked at; the calls outside of /v1 are not for games.
        var isParsed = status != 413 && !Body.StartsWith("""{"status":400,""", StringComparison.Ordinal);
        var isEarly = status == 429 || call.StartsWith("OPTIONS ", StringComparison.Ordinal);
        if (call.Contains(" /v1/", StringComparison.Ordinal))
            Assert.That(Header("Access-Control-Allow-Origin"), Is.EqualTo(isParsed ? "*" : null), $"CORS header of {call}");
        var vary = !isParsed ? null : isEarly ? "Origin" : "Origin, Accept-Encoding";
        Assert.That(Header("Vary"), Is.EqualTo(vary), $"Vary header of {call}");
        if (Body.StartsWith('{'))
            Assert.That(Header("Content-Type"), Is.EqualTo("application/json; charset=utf-8"), $"Content-Type of {call}");
        return this;
    }

    /// <summary>The header as it came, several joined with a comma; null when absent.</summary>
    public string? Header(string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    /// <summary>A member of the body, as <c>alias.player.id</c> or <c>members.0.id</c>.</summary>
    public JsonElement At(string path)
    {
        var element = JsonDocument.Parse(Body).RootElement;
        foreach (var name in path.Split('.'))
        {
            element = element.ValueKind == JsonValueKind.Array
                ? element.EnumerateArray().ElementAt(int.Parse(name, CultureInfo.InvariantCulture))
                : element.GetProperty(name);
        }
        return element;
    }

    public int Int(string path) => At(path).GetInt32();

    public string Text(string path) => At(path).GetString()!;
}
