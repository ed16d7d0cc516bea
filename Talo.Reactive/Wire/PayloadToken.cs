using System.Text.Json;

namespace Talo.Reactive.Wire;

/// <summary>A token of a payload, by its place.</summary>
/// <param name="type">What it is.</param>
/// <param name="start">Where its text begins: behind the quote of a string.</param>
/// <param name="length">How long the text is.</param>
/// <param name="isEscaped">Whether the text of a string has escapes.</param>
/// <param name="previous">Of a name: the index of the name before it in the same object, or -1.</param>
internal readonly struct PayloadToken(JsonTokenType type, int start, int length, bool isEscaped, int previous)
{
    internal JsonTokenType Type { get; } = type;

    internal bool IsEscaped { get; } = isEscaped;

    internal int Start { get; } = start;

    internal int Length { get; } = length;

    internal int Previous { get; } = previous;
}
