using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>A key and its value, as players, channels and the live config have them.</summary>
[JsonConverter(typeof(EntityConverter<Prop>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<Prop>))]
public sealed record Prop
{
    /// <summary>An empty prop, for an object initialiser.</summary>
    public Prop()
    {
    }

    /// <summary>A prop with its key and value.</summary>
    public Prop(string key, string? value)
    {
        Key = key;
        Value = value;
    }

    /// <summary>The key, at most 128 characters. A key that ends in <c>[]</c> occurs once for each value of its list.</summary>
    public string Key { get; init; } = "";

    /// <summary>The value. The server never sends null; in a request, null deletes the key where that is allowed.</summary>
    public string? Value { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"{Key}={Value}");
}
