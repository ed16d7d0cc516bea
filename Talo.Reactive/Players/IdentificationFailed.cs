using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>A try to identify that came to nothing. Who was known before stays.</summary>
public sealed record IdentificationFailed
{
    /// <summary>The service that was to be identified with: <c>username</c>, <c>steam</c>, <c>talo</c>…</summary>
    public string Service { get; init; } = "";

    /// <summary>Why: what the task of the call ends with.</summary>
    public TaloException? Error { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"not identified with {Service}: {Error?.Message}");
}
