using System;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>Something that went wrong on this side. The client goes on. Holds no secret.</summary>
public sealed record TaloFault
{
    private readonly string _text = "";

    /// <summary>What kind of thing went wrong.</summary>
    public TaloFaultKind Kind { get; init; }

    /// <summary>When, on the scheduler's clock.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The same in words, for a log: on one line, with control characters escaped.</summary>
    public string Text
    {
        get => _text;
        init => _text = ControlCharacters.Escape(value);
    }

    /// <summary>The stream (<c>Socket.Messages</c>), request or response that it happened on; null where there is none.</summary>
    public string? Where { get; init; }

    /// <summary>For an observer that threw: whether it was detached and hears no more (true behind an operator such as <c>Where</c>).</summary>
    public bool ObserverDetached { get; init; }

    /// <summary>The exception: the observer's own as it was thrown, or the client's.</summary>
    public Exception? Error { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape(Where is null ? $"{Kind}: {Text}" : $"{Kind} on {Where}: {Text}");
}
