using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>A prop that the server refused.</summary>
[JsonConverter(typeof(EntityConverter<RejectedProp>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<RejectedProp>))]
public sealed record RejectedProp
{
    /// <summary>The key of the prop.</summary>
    public string Key { get; init; } = "";

    /// <summary>The reason as a code, such as <c>PROP_VALUE_TOO_LONG</c>. The server may add codes.</summary>
    public string Error { get; init; } = "";

    /// <summary>The reason in words.</summary>
    public string Message { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"{Key}: {Error}");
}
