using System;
using System.IO;

namespace Talo.Reactive.Testing;

/// <summary>What a dial leads to. Immutable; one may stand for many dials.</summary>
public sealed class DialOutcome
{
    private DialOutcome(TimeSpan? after, Action<ScriptedLink>? play, Exception? error)
    {
        if (after < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(after), after, "A time is not negative.");
        After = after;
        Play = play;
        Error = error;
    }

    /// <summary>The dial stays unanswered until the client gives it up.</summary>
    public static DialOutcome NeverAnswers { get; } = new(null, null, null);

    internal TimeSpan? After { get; }

    internal Action<ScriptedLink>? Play { get; }

    internal Exception? Error { get; }

    /// <summary>The link opens.</summary>
    /// <param name="after">How long the dial takes. The default is zero: the next tick.</param>
    /// <param name="play">What happens on the link, called when it is open and before the client has it.</param>
    public static DialOutcome Opens(TimeSpan after = default, Action<ScriptedLink>? play = null) => new(after, play, null);

    /// <summary>The dial fails.</summary>
    /// <param name="error">The failure; an <see cref="IOException"/> by default.</param>
    /// <param name="after">How long the dial takes. The default is zero: the next tick.</param>
    public static DialOutcome Fails(Exception? error = null, TimeSpan after = default) =>
        new(after, null, error ?? new IOException("The scripted dial failed."));
}
