using System;

namespace Talo.Reactive.Testing;

/// <summary>The close frame that the client wrote.</summary>
public sealed class SentClose
{
    internal SentClose(int code, string reason, DateTimeOffset at, TimeSpan elapsed)
    {
        Code = code;
        Reason = reason;
        At = at;
        Elapsed = elapsed;
    }

    /// <summary>The close code.</summary>
    public int Code { get; }

    /// <summary>The reason, or empty.</summary>
    public string Reason { get; }

    /// <summary>The clock of the scheduler when it was written.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The time since the transport was made when it was written.</summary>
    public TimeSpan Elapsed { get; }

    /// <inheritdoc/>
    public override string ToString() => Reason.Length == 0 ? $"{Code}" : $"{Code} {Reason}";
}
