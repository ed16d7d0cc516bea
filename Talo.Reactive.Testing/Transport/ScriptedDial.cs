using System;

namespace Talo.Reactive.Testing;

/// <summary>A dial that the client made.</summary>
public sealed class ScriptedDial
{
    internal ScriptedDial(Uri address, int maxFrameBytes, DateTimeOffset at, TimeSpan elapsed)
    {
        Address = address;
        MaxFrameBytes = maxFrameBytes;
        At = at;
        Elapsed = elapsed;
    }

    /// <summary>The whole address.</summary>
    public Uri Address { get; }

    /// <summary>The largest frame that the client accepts, in bytes.</summary>
    public int MaxFrameBytes { get; }

    /// <summary>The clock of the scheduler when it began.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The time since the transport was made when it began.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The link that it opened, or null.</summary>
    public ScriptedLink? Link { get; internal set; }

    /// <summary>How it failed, or null.</summary>
    public Exception? Error { get; internal set; }

    /// <summary>The clock of the scheduler when the client gave it up unanswered, or null.</summary>
    public DateTimeOffset? GivenUpAt { get; internal set; }

    /// <summary>Whether it is under way.</summary>
    public bool IsPending => Link is null && Error is null && GivenUpAt is null;
}
