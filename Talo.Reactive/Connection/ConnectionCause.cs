using System;

namespace Talo.Reactive;

/// <summary>What led to a state of the connection.</summary>
public sealed record ConnectionCause
{
    /// <summary>What kind of thing happened.</summary>
    public ConnectionCauseKind Kind { get; init; }

    /// <summary>The same in words, for a log. Holds no secret.</summary>
    public string Text { get; init; } = "";

    /// <summary>The close code of the link, where one ended.</summary>
    public int? CloseCode { get; init; }

    /// <summary>The exception under it, where there was one.</summary>
    public Exception? Error { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Text.Length == 0 ? Kind.ToString() : Text;
}
