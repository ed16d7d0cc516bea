using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using Talo.Reactive.Http;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Sessions;

/// <summary>
/// The body of a call of <c>/v1/players/auth</c>, twice: as it is sent, and as it may be shown. Hiding secrets by their value alone
/// would not do for short ones.
/// </summary>
internal sealed class AuthBody
{
    private const string Path = "/v1/players/auth";

    private readonly List<(Action<Utf8JsonWriter> Write, Action<Utf8JsonWriter> Show)> members = [];

    /// <summary>The secrets in it, to be hidden wherever else they turn up.</summary>
    internal List<string> Secrets { get; } = [];

    internal AuthBody Text(string name, string? value)
    {
        if (value is null) return this;
        OutgoingText.RequireWhole(value, name);
        return Add(json => json.WriteString(name, value));
    }

    internal AuthBody Secret(string name, string value)
    {
        OutgoingText.RequireWhole(value, name);
        Secrets.Add(SecretLength.Require(value, name));
        members.Add((json => json.WriteString(name, value), json => json.WriteString(name, "***")));
        return this;
    }

    internal AuthBody Flag(string name, bool value) => Add(json => json.WriteBoolean(name, value));

    internal AuthBody Number(string name, int value) => Add(json => json.WriteNumber(name, value));

    internal TaloRequest Request(string method, string path) => new(method, Path + path)
    {
        Body = Json(static member => member.Write),
        ShownBody = Json(static member => member.Show),
    };

    private AuthBody Add(Action<Utf8JsonWriter> write)
    {
        members.Add((write, write));
        return this;
    }

    private byte[] Json(Func<(Action<Utf8JsonWriter> Write, Action<Utf8JsonWriter> Show), Action<Utf8JsonWriter>> view)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var member in members) view(member)(json);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
