using System;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>What led to a state of the connection.</summary>
public sealed record ConnectionCause
{
    private readonly string _text = "";

    /// <summary>What kind of thing happened.</summary>
    public ConnectionCauseKind Kind { get; init; }

    /// <summary>The same in words, for a log: on one line, with control characters escaped. Holds no secret.</summary>
    public string Text
    {
        get => _text;
        init => _text = ControlCharacters.Escape(value);
    }

    /// <summary>The close code of the link, where one ended.</summary>
    public int? CloseCode { get; init; }

    /// <summary>The exception under it, where there was one.</summary>
    public Exception? Error { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Text.Length == 0 ? Kind.ToString() : Text;
}
