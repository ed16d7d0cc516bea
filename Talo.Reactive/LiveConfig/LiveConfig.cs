using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>The game's live config as it was at one time. Immutable, compared by value.</summary>
[JsonConverter(typeof(EntityConverter<LiveConfig>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<LiveConfig>))]
public sealed record LiveConfig
{
    private readonly ValueList<Prop> _props = ValueList<Prop>.Empty;

    /// <summary>Every entry in the server's order; a key that ends in <c>[]</c> has one for each value. Never null.</summary>
    public IReadOnlyList<Prop> Props
    {
        get => _props;
        init => _props = ValueList<Prop>.Of(value);
    }

    /// <summary>The text under a key; null where there is none. Of a key with several values, the first.</summary>
    /// <param name="key">The key, in its exact spelling.</param>
    public string? this[string key]
    {
        get
        {
            if (string.IsNullOrEmpty(key)) throw new ArgumentException("Name the key that is set in the dashboard.", nameof(key));
            foreach (var prop in _props)
            {
                if (prop.Key == key) return prop.Value;
            }

            return null;
        }
    }

    /// <summary>
    /// The value under a key, read the same in every language and country: <c>1.5</c>, <c>-3</c>, <c>true</c> (in any case) or
    /// <c>1</c>.
    /// </summary>
    /// <typeparam name="T">
    /// <c>string</c>, <c>bool</c>, <c>int</c>, <c>long</c>, <c>float</c>, <c>double</c> or <c>decimal</c>. Anything else:
    /// take the text and read it yourself.
    /// </typeparam>
    /// <param name="key">The key, in its exact spelling.</param>
    /// <param name="fallback">What to give where the key is missing, or its text is no <typeparamref name="T"/>.</param>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is none of the types above.</exception>
    public T Get<T>(string key, T fallback)
    {
        var text = this[key];
        return ConfigValue.TryRead<T>(text, out var value) ? value : fallback;
    }

    /// <summary>The values of an array key in their order; empty where there is none.</summary>
    /// <param name="key">The key, with or without its <c>[]</c>.</param>
    public IReadOnlyList<string> GetArray(string key)
    {
        if (string.IsNullOrEmpty(key)) throw new ArgumentException("Name the key that is set in the dashboard.", nameof(key));
        var name = key.EndsWith("[]", StringComparison.Ordinal) ? key : key + "[]";
        return ValueList<string>.Owning(_props.Where(x => x.Key == name).Select(static x => x.Value ?? "").ToArray());
    }

    /// <inheritdoc/>
    public override string ToString() => $"live config with {Props.Count} prop(s)";
}
