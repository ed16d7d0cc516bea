using System;

namespace Talo.Reactive;

/// <summary>Where the connection stands, since when, and why. Immutable.</summary>
public sealed record ConnectionState
{
    /// <summary>Where it stands.</summary>
    public ConnectionStatus Status { get; init; }

    /// <summary>Since when, on the scheduler's clock.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>How many tries in a row have failed. 0 again once a connection was stable.</summary>
    public int Attempt { get; init; }

    /// <summary>What led here; null where nothing went wrong.</summary>
    public ConnectionCause? Cause { get; init; }

    /// <summary>
    /// When <see cref="ConnectionStatus.Waiting"/>: how long until the next try to connect. When
    /// <see cref="ConnectionStatus.Connected"/> after a refused identify, or where a token for it has to wait: how long until the next
    /// try to identify. What a server asks for (<c>Retry-After</c>) counts for 10 minutes at most. Counted from <see cref="Since"/>.
    /// </summary>
    public TimeSpan? RetryIn { get; init; }

    /// <summary>The number of the link: grows with each dial, so that two states of one link can be told from two links.</summary>
    public int Epoch { get; init; }

    /// <summary>
    /// On the first state in which everything is received again after a link ended: the stretch in which events were not
    /// delivered. They are not replayed: ask the services for the current state.
    /// </summary>
    public ConnectionGap? Gap { get; init; }

    /// <summary>Whether frames can be sent and received, identified or not.</summary>
    public bool IsConnected => Status is ConnectionStatus.Connected or ConnectionStatus.Identifying or ConnectionStatus.Identified;

    /// <summary>Since when events may be missing; null when none are.</summary>
    internal DateTimeOffset? MissingSince { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = Status.ToString();
        if (Attempt > 0) text += $", attempt {Attempt}";
        if (RetryIn is { } wait) text += $", next try in {wait.TotalSeconds:0.#} s";
        if (Cause is { } cause) text += $": {cause}";
        return text;
    }
}
