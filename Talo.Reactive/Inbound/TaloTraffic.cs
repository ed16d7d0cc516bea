using System;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>One frame or HTTP exchange half, for a log. Secrets are replaced by <c>***</c>.</summary>
public sealed record TaloTraffic
{
    /// <summary>When, on the scheduler's clock.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What it is.</summary>
    public TaloTrafficKind Kind { get; init; }

    /// <summary>The frame, or the body of the HTTP request or reply; empty where there is none.</summary>
    public string Text { get; init; } = "";

    /// <summary>The HTTP method and path; null for frames.</summary>
    public string? Request { get; init; }

    /// <summary>The HTTP status of a reply; null for everything else and where no reply came.</summary>
    public int? Status { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape(Kind switch
    {
        TaloTrafficKind.FrameIn => $"<- {Text}",
        TaloTrafficKind.FrameOut => $"-> {Text}",
        TaloTrafficKind.HttpRequest => $"-> {Request} {Text}".TrimEnd(),
        _ => $"<- {Request} {Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no reply"} {Text}".TrimEnd(),
    });
}
