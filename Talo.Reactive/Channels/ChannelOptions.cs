using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>How a channel is made.</summary>
public sealed class ChannelOptions
{
    /// <summary>Props to find it by.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<Prop> Props { get; init; } = Array.Empty<Prop>();

    /// <summary>Whether it is deleted when its owner or its last member leaves.</summary>
    /// <value>Default: false.</value>
    public bool AutoCleanup { get; init; }

    /// <summary>Whether it is left out of lists and entered by invitation only.</summary>
    /// <value>Default: false.</value>
    public bool Private { get; init; }

    /// <summary>Whether a member leaves when it goes offline.</summary>
    /// <value>Default: false.</value>
    public bool TemporaryMembership { get; init; }

    internal byte[] ToJson(string name)
    {
        OutgoingText.RequireWhole(name, nameof(name));
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            WriteProps(json, Props);
            json.WriteBoolean("autoCleanup", AutoCleanup);
            json.WriteBoolean("private", Private);
            json.WriteBoolean("temporaryMembership", TemporaryMembership);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    internal static void WriteProps(Utf8JsonWriter json, IReadOnlyList<Prop>? props)
    {
        if (props is not { Count: > 0 }) return;
        json.WriteStartArray("props");
        foreach (var prop in props)
        {
            if (prop is null) throw new ArgumentException("A prop in the list is null: leave it out.", nameof(props));
            if (string.IsNullOrEmpty(prop.Key)) throw new ArgumentException("A prop has no key, and the server would drop it silently: give it one.", nameof(props));
            OutgoingText.RequireWhole(prop.Key, nameof(props));
            OutgoingText.RequireWhole(prop.Value ?? "", nameof(props));
            json.WriteStartObject();
            json.WriteString("key", prop.Key);
            json.WriteString("value", prop.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
